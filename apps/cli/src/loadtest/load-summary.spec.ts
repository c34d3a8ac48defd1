import { runOutput } from '../../test/run-record';
import type { Iteration } from './iterate';
import { exitCodeOfLoad, loadSummary, spread } from './load-summary';
import { loadSentence, loadTable } from './load-table';
import type { LoadedRun } from './load-target.port';

function iteration(changes: Partial<Iteration> = {}, run: Partial<LoadedRun> = {}): Iteration {
  const state = changes.state === undefined || changes.state === 'error' ? 'completed' : changes.state;
  const loaded = {
    runId: 'run_1',
    state,
    queuedMs: 5,
    output: runOutput(),
    leadsDigest: 'a',
    message: 'm',
    ...run,
  };
  return {
    iteration: 1,
    payload: 1,
    state: 'completed',
    durationMs: 1_000,
    run: loaded,
    message: 'm',
    ...changes,
  };
}
const exporting = (...took: number[]): Iteration[] =>
  took.map((ms, i) => {
    const verdict = { stage: 'export' as const, duration_ms: ms, budget_ms: 20_000, within: ms <= 20_000 };
    return iteration({ iteration: i + 1 }, { output: runOutput({ verdicts: [verdict] }) });
  });
const asked = (iterations: number, sameLeads = false) => ({ iterations, sameLeads });

describe('the figures of a load test', () => {
  it.each([
    [[7], { min: 7, p50: 7, p95: 7, max: 7 }],
    [[4, 1, 3, 2], { min: 1, p50: 2, p95: 4, max: 4 }],
    [Array.from({ length: 100 }, (_, i) => 100 - i), { min: 1, p50: 50, p95: 95, max: 100 }],
  ])('are ones that were measured: %j', (figures, expected) => {
    expect(spread(figures)).toEqual(expected);
  });

  it('are given overall and per stage, with the wait for a worker first', () => {
    const summary = loadSummary(exporting(10, 30, 20));
    expect(summary.duration_ms).toEqual({ min: 1_000, p50: 1_000, p95: 1_000, max: 1_000 });
    expect(summary.stages).toEqual([
      { stage: 'queued', runs: 3, min: 5, p50: 5, p95: 5, max: 5, budget_ms: null, over: 0, within: true },
      {
        stage: 'export',
        runs: 3,
        min: 10,
        p50: 20,
        p95: 30,
        max: 30,
        budget_ms: 20_000,
        over: 0,
        within: true,
      },
    ]);
    expect(summary).toMatchObject({ calls: 9, from_ledger: 3 });
  });

  it('leave out how long a run took that broke off', () => {
    const { duration_ms: durations, states } = loadSummary([
      iteration(),
      iteration({ state: 'failed', durationMs: 9_000 }),
      iteration({ state: 'error', durationMs: 8_000, run: undefined }),
    ]);
    expect(durations?.max).toBe(1_000);
    expect(states).toEqual({ completed: 1, failed: 1, error: 1 });
  });

  it('name what failed: with its run where there was one, and as unfinished where its time was over', () => {
    const { failures } = loadSummary([
      iteration({ state: 'error', run: undefined, message: 'no answer' }),
      iteration({ iteration: 2, state: 'running', message: 'Enriching' }),
    ]);
    expect(failures).toEqual([
      { iteration: 1, run_id: null, state: 'error', message: 'no answer' },
      { iteration: 2, run_id: 'run_1', state: 'unfinished: running', message: 'Enriching' },
    ]);
  });
});

describe('a load test ends with', () => {
  it.each<[what: string, iterations: Iteration[], exitCode: number]>([
    ['0 where all completed within the budgets', exporting(10, 20_000), 0],
    ['1 where one stage of one run was over its budget', exporting(10, 20_001), 1],
    ['1 where a run failed', [iteration(), iteration({ state: 'failed' })], 1],
    ['1 where a run was not seen to end', [iteration(), iteration({ state: 'running' })], 1],
    ['1 where fewer ran than were asked for', [iteration()], 1],
    ['6 where some completed in part', [iteration(), iteration({ state: 'partial' })], 6],
  ])('%s', (_what, iterations, exitCode) => {
    expect(exitCodeOfLoad(loadSummary(iterations), asked(2))).toBe(exitCode);
  });

  it.each<
    [
      what: string,
      digests: [payload: number, digest: string | null][],
      same: boolean | null,
      exitCode: number,
    ]
  >([
    [
      'one payload left the same leads',
      [
        [1, 'a'],
        [1, 'a'],
      ],
      true,
      0,
    ],
    [
      'one payload left others',
      [
        [1, 'a'],
        [1, 'b'],
      ],
      false,
      1,
    ],
    [
      'one payload once left none',
      [
        [1, 'a'],
        [1, null],
      ],
      false,
      1,
    ],
    [
      'no payload came twice',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      null,
      1,
    ],
    [
      'no run left any',
      [
        [1, null],
        [1, null],
      ],
      null,
      1,
    ],
  ])('a word on whether %s', (_what, digests, same, exitCode) => {
    const summary = loadSummary(
      digests.map(([payload, leadsDigest]) => iteration({ payload }, { leadsDigest })),
    );
    expect(summary.same_leads).toBe(same);
    expect(exitCodeOfLoad(summary, asked(2, true))).toBe(exitCode);
    expect(exitCodeOfLoad(summary, asked(2, false))).toBe(0);
  });
});

describe('the table of a load test', () => {
  it('has a row per stage with budget and verdict, a sentence, and each failure', () => {
    const summary = loadSummary([
      ...exporting(10, 20_001),
      iteration({ state: 'failed', message: 'no shortlist' }),
    ]);
    const text = loadTable(summary);
    expect(text).toMatch(/overall.*1\.00 s.*1\.00 s/);
    expect(text).toMatch(/export.*0\.01 s.*20\.0 s.*1 over/);
    expect(text).toContain('✗ 1 run_1 failed: no shortlist');
    expect(loadSentence(summary)).toMatch(
      /^2 of 3 runs completed, 0 in part, 1 failed; budgets exceeded; 9 vendor calls/,
    );
  });
});
