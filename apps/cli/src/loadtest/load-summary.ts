import { PHASES, TERMINAL_RUN_STATES, type Phase, type RunState } from '#libs/contracts';
import { EXIT } from '../exit-code';
import type { Iteration } from './iterate';

/** Of how long something took, ms: nearest rank, so each figure is one that was measured. */
export interface Spread {
  min: number;
  p50: number;
  p95: number;
  max: number;
}

interface StageSpread extends Spread {
  stage: Phase | 'queued';
  runs: number;
  budget_ms: number | null;
  /** Runs in which the stage took longer than its budget. */
  over: number;
  within: boolean;
}

/** What a load test came to; members of its result line. */
export interface LoadSummary {
  iterations: number;
  /** By state: `error` is an iteration without a run. */
  states: Readonly<Partial<Record<Iteration['state'], number>>>;
  succeeded: number;
  partial: number;
  failed: number;
  duration_ms: Spread | null;
  stages: StageSpread[];
  budgets_kept: boolean;
  /** Vendors' answers: bought, and from the ledger. A payload that comes again buys nothing while its answers are fresh. */
  calls: number;
  from_ledger: number;
  /** Whether all runs of one payload left the same leads; null where none came twice, or none left any. */
  same_leads: boolean | null;
  failures: { iteration: number; run_id: string | null; state: string; message: string }[];
}

const FAILURES_LISTED = 20;

/** Sums up iterations. Durations are of runs that ended well: one that broke off says nothing about how long a run takes. */
export function loadSummary(iterations: readonly Iteration[]): LoadSummary {
  const ended = iterations.filter(({ state }) => isWell(state));
  const stages = stageSpreads(ended);
  const failed = iterations.filter(({ state }) => !isWell(state));
  const usage = iterations.flatMap(({ run }) => run?.output?.usage ?? []);
  return {
    iterations: iterations.length,
    states: countStates(iterations),
    succeeded: iterations.filter(({ state }) => state === 'completed').length,
    partial: iterations.filter(({ state }) => state === 'partial').length,
    failed: failed.length,
    duration_ms: ended.length === 0 ? null : spread(ended.map(({ durationMs }) => durationMs)),
    stages,
    budgets_kept: stages.every(({ within }) => within),
    calls: usage.reduce((sum, { calls }) => sum + calls, 0),
    from_ledger: usage.reduce((sum, { cached }) => sum + cached, 0),
    same_leads: sameLeads(ended),
    failures: failed.slice(0, FAILURES_LISTED).map(({ iteration, run, state, message }) => ({
      iteration,
      run_id: run?.runId ?? null,
      state:
        TERMINAL_RUN_STATES.includes(state as RunState) || state === 'error' ? state : `unfinished: ${state}`,
      message,
    })),
  };
}

/** 1: a run failed, or a budget or (if it was asked for) sameness was not kept; 6: some only in part; 0: all as it should be. */
export function exitCodeOfLoad(
  summary: LoadSummary,
  asked: { iterations: number; sameLeads: boolean },
): number {
  if (summary.failed > 0 || summary.iterations < asked.iterations || !summary.budgets_kept)
    return EXIT.failed;
  if (asked.sameLeads && summary.same_leads !== true) return EXIT.failed;
  return summary.partial > 0 ? EXIT.partial : EXIT.completed;
}

function isWell(state: Iteration['state']): boolean {
  return state === 'completed' || state === 'partial';
}

function countStates(iterations: readonly Iteration[]): Partial<Record<Iteration['state'], number>> {
  const counts: Partial<Record<Iteration['state'], number>> = {};
  for (const { state } of iterations) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** The wait for a worker, then each stage that has a verdict; enrich is its slowest company, as in the run's verdict. */
function stageSpreads(iterations: readonly Iteration[]): StageSpread[] {
  const queued = iterations.flatMap(({ run }) => run?.queuedMs ?? []);
  const spreads: StageSpread[] = [];
  if (queued.length > 0) {
    spreads.push({
      stage: 'queued',
      runs: queued.length,
      ...spread(queued),
      budget_ms: null,
      over: 0,
      within: true,
    });
  }
  for (const stage of PHASES) {
    const verdicts = iterations.flatMap(
      ({ run }) => run?.output?.verdicts.filter((verdict) => verdict.stage === stage) ?? [],
    );
    if (verdicts.length === 0) continue;
    const over = verdicts.filter(({ within }) => !within).length;
    spreads.push({
      stage,
      runs: verdicts.length,
      ...spread(verdicts.map(({ duration_ms: ms }) => ms)),
      budget_ms: verdicts[0]?.budget_ms ?? null,
      over,
      within: over === 0,
    });
  }
  return spreads;
}

/** Of at least one figure. */
export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const rank = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { min: rank(0), p50: rank(0.5), p95: rank(0.95), max: rank(1) };
}

function sameLeads(iterations: readonly Iteration[]): boolean | null {
  const byPayload = new Map<number, (string | null)[]>();
  for (const { payload, run } of iterations) {
    byPayload.set(payload, [...(byPayload.get(payload) ?? []), run?.leadsDigest ?? null]);
  }
  const comparable = [...byPayload.values()].filter(
    (digests) => digests.length > 1 && digests.some((digest) => digest !== null),
  );
  return comparable.length === 0 ? null : comparable.every((digests) => new Set(digests).size === 1);
}
