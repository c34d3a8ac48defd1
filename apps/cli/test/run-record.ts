import type { RunOutput, RunRecord } from '#libs/contracts';

const AT = '2026-03-01T12:00:00.000Z';

/** A finished run's output: 12 rows, 4 leads. */
export function runOutput(changes: Partial<RunOutput> = {}): RunOutput {
  return {
    message: 'Completed: 4 leads',
    input: { rows: 12, kept: 9, merged: 2, rejected: 1 },
    excluded: 0,
    matched: 5,
    candidates: 4,
    leads: 4,
    buckets: { A: 1, B: 2, C: 1 },
    failed: [],
    failed_total: 0,
    suppressed: [],
    suppressed_total: 0,
    delivered_before: 0,
    cost_micro_usd: 1_234_500,
    usage: [
      {
        vendor: 'acme',
        calls: 3,
        cached: 1,
        cost_micro: 1_234_500,
        found: 3,
        empty: 0,
        failed: 0,
        saved_micro: 24_500,
        p95_ms: 400,
        simulated: false,
      },
    ],
    saved_micro_usd: 24_500,
    simulated_cost_micro_usd: 0,
    simulated_saved_micro_usd: 0,
    providers: [],
    estimate: null,
    verdicts: [],
    warnings: [],
    nearest_misses: [],
    files: { csv: 'runs/demo/run_1/leads.csv' },
    simulated: false,
    ...changes,
  };
}

/** A completed run of tenant `demo`. */
export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    run_id: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123',
    thread_id: 'q3',
    source: 'cli',
    request: { tenant_id: 'demo', input: 'run full pipeline', mode: 'full', limit: 50, export: ['csv'] },
    state: 'completed',
    pause_reason: null,
    status: { phase: 'summary', message: 'Completed: 4 leads', updated_at: AT },
    plan: null,
    output: runOutput(),
    problem: null,
    epoch: 0,
    created_at: AT,
    started_at: AT,
    finished_at: AT,
    counters: { candidates: 4, done: 4, failed: 0 },
    ...changes,
  };
}
