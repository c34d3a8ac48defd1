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
  leads: { count, buckets: { A: count, B: 0, C: 0 }, troubledCount: 0, troubled: [] },
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
