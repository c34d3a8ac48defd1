import { METRICS, type Count, type Distribution, type MetricLabels, type Metrics } from '#libs/observability';
import type { DenyReason, Settlement } from '#libs/vendor-gate';
import type { MeteredRequest, WalkMeter } from './walk-meter.port';

type Outcome = MetricLabels<'leadgen_vendor_requests_total'>['outcome'];

/** The series of one operation of one vendor, made when it is first asked. */
interface OperationSeries {
  requests: Readonly<Record<Outcome, Count>>;
  duration: Distribution;
  found: Count;
  notFound: Count;
  cost: Count;
  vendor: string;
}

const MICRO = 1e6;

/** Counts calls to vendors on metrics of this process. Its series are found by two look-ups, and made once. */
export class VendorMeter implements WalkMeter {
  private readonly series = new Map<string, Map<string, OperationSeries>>();
  private readonly tokens = new Map<string, { input: Count; output: Count }>();
  private readonly refusals: ReadonlyMap<string, Count>;
  private readonly company: Distribution;

  constructor(private readonly metrics: Metrics) {
    const { scope: scopes } = METRICS.leadgen_budget_refusals_total.labels;
    this.refusals = new Map(
      scopes.map((scope) => [`budget_${scope}`, metrics.count('leadgen_budget_refusals_total', { scope })]),
    );
    this.company = metrics.distribution('leadgen_stage_duration_seconds', { stage: 'enrich' });
  }

  requested(request: MeteredRequest): void {
    const { outcome, settlement, simulated, maxCostMicro, tookMs } = request;
    const series = this.seriesOf(request.vendor, request.op);
    series.requests[outcome.kind].add();
    series.duration.observe(tookMs / 1_000);
    if (!simulated) series.cost.add(chargedMicro(settlement, maxCostMicro) / MICRO);
    if (outcome.tokens) {
      const { input, output } = this.tokensOf(series.vendor);
      input.add(outcome.tokens.input);
      output.add(outcome.tokens.output);
    }
  }

  fromLedger(vendor: string, op: string, kind: 'found' | 'not_found'): void {
    const series = this.seriesOf(vendor, op);
    (kind === 'found' ? series.found : series.notFound).add();
  }

  denied(reason: DenyReason): void {
    this.refusals.get(reason)?.add();
  }

  walked(ms: number): void {
    this.company.observe(ms / 1_000);
  }

  private seriesOf(vendor: string, op: string): OperationSeries {
    const known = this.series.get(vendor)?.get(op);
    if (known) return known;
    const made = this.make(vendor, op);
    const ofVendor = this.series.get(vendor) ?? new Map<string, OperationSeries>();
    this.series.set(vendor, ofVendor.set(op, made));
    return made;
  }

  private make(vendor: string, op: string): OperationSeries {
    const { metrics } = this;
    const requests = METRICS.leadgen_vendor_requests_total.labels.outcome.map((outcome) => [
      outcome,
      metrics.count('leadgen_vendor_requests_total', { vendor, op, outcome }),
    ]);
    return {
      requests: Object.fromEntries(requests) as Record<Outcome, Count>,
      duration: metrics.distribution('leadgen_vendor_request_duration_seconds', { vendor, op }),
      found: metrics.count('leadgen_ledger_hits_total', { vendor, op, kind: 'found' }),
      notFound: metrics.count('leadgen_ledger_hits_total', { vendor, op, kind: 'not_found' }),
      cost: metrics.count('leadgen_vendor_cost_usd_total', { vendor }),
      vendor,
    };
  }

  private tokensOf(vendor: string): { input: Count; output: Count } {
    const known = this.tokens.get(vendor);
    if (known) return known;
    const made = {
      input: this.metrics.count('leadgen_llm_tokens_total', { vendor, direction: 'input' }),
      output: this.metrics.count('leadgen_llm_tokens_total', { vendor, direction: 'output' }),
    };
    this.tokens.set(vendor, made);
    return made;
  }
}

/** What a call was charged at once; one in doubt at its most, until somebody says otherwise. */
function chargedMicro(settlement: Settlement, maxCostMicro: number): number {
  if (settlement.kind === 'doubt') return maxCostMicro;
  return settlement.kind === 'free' ? 0 : settlement.costMicro;
}
