import { NO_BUDGETS, type RunPlan } from '#libs/contracts';
import { buildRunOutput, type ExportedRun } from './run-output';

const plan: RunPlan = {
  icp: {},
  stages: ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'],
  walk: {
    waterfalls: { crawl_website: [], find_contacts: [], verify_email: [] },
    titles: [],
    max_verifications: 0,
    max_email_finds: 0,
    policies: {},
  },
  budgets: NO_BUDGETS,
  weight: 1,
  simulated: false,
  source_run_id: null,
};

const exported = (hash: ExportedRun['hash'], count: number): ExportedRun => ({
  hash,
  leads: {
    count,
    buckets: { A: count, B: 0, C: 0 },
    troubledCount: 0,
    troubled: [],
    providers: [],
    outOfBudgetCount: 0,
    suppressed: { total: 0, listed: [] },
    deliveredCount: 0,
  },
  files: {},
  plan,
  neverStarted: 0,
});

describe('the verdicts of a finished run', () => {
  it('judge the export by its number of leads, the other stages by themselves', () => {
    const hash = { matched: '3000', 'ms:normalize': '31000', 'ms:export': '55000', enrich_ms_max: '45000' };
    expect(buildRunOutput(exported(hash, 3_000)).verdicts).toEqual([
      { stage: 'normalize', duration_ms: 31_000, budget_ms: 30_000, within: false },
      { stage: 'enrich', duration_ms: 45_000, budget_ms: 45_000, within: true },
      { stage: 'export', duration_ms: 55_000, budget_ms: 60_000, within: true },
    ]);
  });
});

describe('the message of a finished run', () => {
  it('says what was spent and what the ledger spared', () => {
    const usage = { 'u:one:calls': '3', 'u:one:cost': '610000', 'u:two:cached': '2', 'u:two:saved': '20000' };
    const output = buildRunOutput(exported({ matched: '2', ...usage }, 2));
    expect(output.message).toBe('2 leads: 2 A, 0 B, 0 C; $0.61 spent, $0.02 saved by the ledger');
    expect(output).toMatchObject({
      cost_micro_usd: 610_000,
      saved_micro_usd: 20_000,
      simulated_cost_micro_usd: 0,
      simulated_saved_micro_usd: 0,
    });
    expect(output.usage).toMatchObject([
      { vendor: 'one', calls: 3, saved_micro: 0, simulated: false },
      { vendor: 'two', cached: 2, saved_micro: 20_000 },
    ]);
  });

  it('tells no simulated money as spent', () => {
    const hash = { matched: '2', 'u:one:calls': '3', 'u:one:cost': '610000', 'u:one:saved': '20000' };
    const output = buildRunOutput({ ...exported(hash, 2), plan: { ...plan, simulated: true } });
    expect(output.message).toBe(
      '2 leads: 2 A, 0 B, 0 C; $0.61 simulated, nothing spent, $0.02 saved by the ledger',
    );
    expect(output).toMatchObject({
      cost_micro_usd: 0,
      saved_micro_usd: 0,
      simulated_cost_micro_usd: 610_000,
      simulated_saved_micro_usd: 20_000,
      usage: [{ vendor: 'one', cost_micro: 610_000, simulated: true }],
    });
  });

  it('says how many companies were left out since they were delivered before', () => {
    const run = exported({ matched: '5' }, 2);
    const output = buildRunOutput({ ...run, leads: { ...run.leads, deliveredCount: 3 } });
    expect(output.message).toBe('2 leads: 2 A, 0 B, 0 C; 3 delivered before');
    expect(output.delivered_before).toBe(3);
  });

  it('says for how many companies the budget did not last, and warns of it', () => {
    const run = exported({ matched: '2' }, 2);
    const output = buildRunOutput({ ...run, leads: { ...run.leads, outOfBudgetCount: 1 } });
    expect(output.message).toBe('2 leads: 2 A, 0 B, 0 C; the budget did not last for 1 company');
    expect(output.warnings).toEqual(['budget_used_up']);
  });

  it('says of a dry run what enriching would take', () => {
    const estimate = {
      companies: 2,
      known_in_ledger: 0,
      calls: [{ vendor: 'one', calls: 2 }],
      calls_total: 2,
      cost_micro: { low: 10_000, expected: 20_000, high: 40_000 },
      seconds: 3,
      bound_by: null,
      budget_micro: null,
    };
    const hash = { matched: '5', candidates: '2', estimate: JSON.stringify(estimate) };
    const dry: RunPlan = { ...plan, stages: ['plan', 'normalize', 'shortlist', 'summary'] };
    const output = buildRunOutput({ ...exported(hash, 0), plan: dry });
    expect(output.message).toBe(
      '5 companies matched, 2 selected; none was enriched. ' +
        'Enriching 2 companies: about 2 calls, $0.02 (0.01–0.04), about 3 s',
    );
    expect(output.estimate).toEqual(estimate);
  });
});
