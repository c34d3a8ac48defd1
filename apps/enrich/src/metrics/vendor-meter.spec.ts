import { createMetrics, VENDOR_OUTCOMES, type Metrics } from '#libs/observability';
import type { VendorOutcome } from '#libs/vendors';
import { VendorMeter } from './vendor-meter';
import type { MeteredRequest } from './walk-meter.port';

let metrics: Metrics;
let meter: VendorMeter;
beforeEach(async () => {
  metrics = await createMetrics({ app: 'enrich', version: '1', onError: () => undefined });
  meter = new VendorMeter(metrics);
});
afterEach(() => metrics.stop());

const found: MeteredRequest = {
  vendor: 'sonar',
  op: 'find_email',
  simulated: false,
  outcome: { kind: 'ok', value: {}, units: 1 },
  settlement: { kind: 'keep', answer: { kind: 'ok' }, ttlMs: 1, costMicro: 20_000 },
  maxCostMicro: 50_000,
  tookMs: 700,
};

/** The samples of counters that are not 0. */
async function counted(name: string): Promise<string[]> {
  const lines = (await metrics.text()).split('\n');
  return lines.filter((line) => line.startsWith(`leadgen_${name}{`) && !line.endsWith(' 0'));
}

describe('calls to vendors', () => {
  it('are counted by how they ended, measured, and charged in dollars', async () => {
    meter.requested(found);
    meter.requested(found);
    meter.requested({
      ...found,
      outcome: { kind: 'rate_limited', retryAfterMs: 1 },
      settlement: { kind: 'free', sent: true },
    });
    expect(await counted('vendor_requests_total')).toEqual([
      'leadgen_vendor_requests_total{vendor="sonar",op="find_email",outcome="ok"} 2',
      'leadgen_vendor_requests_total{vendor="sonar",op="find_email",outcome="rate_limited"} 1',
    ]);
    expect(await counted('vendor_cost_usd_total')).toEqual([
      'leadgen_vendor_cost_usd_total{vendor="sonar"} 0.04',
    ]);
    expect(await counted('vendor_request_duration_seconds_count')).toEqual([
      'leadgen_vendor_request_duration_seconds_count{vendor="sonar",op="find_email"} 3',
    ]);
    expect(await counted('ledger_hits_total')).toEqual([]);
  });

  it('have a series for every end from the first call on', async () => {
    meter.requested(found);
    const lines = (await metrics.text()).split('\n');
    const ends = lines.filter((line) => line.startsWith('leadgen_vendor_requests_total{'));
    expect(ends).toHaveLength(VENDOR_OUTCOMES.length);
  });

  it('in doubt are charged at their most, pending ones as far as they are', async () => {
    meter.requested({ ...found, outcome: { kind: 'timeout_after_send' }, settlement: { kind: 'doubt' } });
    const pending: VendorOutcome<unknown> = { kind: 'pending', resume: 'r', inMs: 1, units: 1 };
    const settlement = { kind: 'pending', resume: 'r', inMs: 1, costMicro: 10_000 } as const;
    meter.requested({ ...found, outcome: pending, settlement });
    const [cost] = await counted('vendor_cost_usd_total');
    expect(Number(cost?.split(' ').at(-1))).toBeCloseTo(0.06, 9);
  });

  it('of the simulator cost nothing', async () => {
    meter.requested({ ...found, simulated: true });
    expect(await counted('vendor_requests_total')).toHaveLength(1);
    expect(await metrics.text()).toContain('leadgen_vendor_cost_usd_total{vendor="sonar"} 0');
  });

  it('that the ledger answered are no requests', async () => {
    meter.fromLedger('sonar', 'find_email', 'found');
    meter.fromLedger('sonar', 'find_email', 'not_found');
    meter.fromLedger('sonar', 'find_email', 'not_found');
    expect(await counted('ledger_hits_total')).toEqual([
      'leadgen_ledger_hits_total{vendor="sonar",op="find_email",kind="found"} 1',
      'leadgen_ledger_hits_total{vendor="sonar",op="find_email",kind="not_found"} 2',
    ]);
    expect(await counted('vendor_requests_total')).toEqual([]);
  });

  it('tell a model’s tokens, also those of an answer that could not be read', async () => {
    const tokens = { input: 420, output: 40 };
    meter.requested({ ...found, outcome: { kind: 'bad_response', detail: 'cut off', tokens } });
    expect(await counted('llm_tokens_total')).toEqual([
      'leadgen_llm_tokens_total{vendor="sonar",direction="input"} 420',
      'leadgen_llm_tokens_total{vendor="sonar",direction="output"} 40',
    ]);
  });

  it('that the gate refused are counted by the budget that had no room for them', async () => {
    for (const reason of ['budget_tenant_day', 'budget_tenant_day', 'budget_run'] as const)
      meter.denied(reason);
    // No budget is to blame for these.
    meter.denied('suppressed');
    meter.denied('never');
    expect(await counted('budget_refusals_total')).toEqual([
      'leadgen_budget_refusals_total{scope="tenant_day"} 2',
      'leadgen_budget_refusals_total{scope="run"} 1',
    ]);
    expect(await metrics.text()).toContain('leadgen_budget_refusals_total{scope="vendor_day"} 0');
  });

  it('and companies are measured against the budget of 45 s', async () => {
    meter.walked(45_000);
    meter.walked(45_001);
    const text = await metrics.text();
    expect(text).toContain('leadgen_stage_duration_seconds_bucket{le="45",stage="enrich"} 1');
    expect(text).toContain('leadgen_stage_duration_seconds_count{stage="enrich"} 2');
  });
});
