import { METRICS, leaderSample, type LeaderSample, type MetricLabels } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunMarks, RunRef, RunRepository } from '#libs/run-state';

/** Runs looked at one by one, the oldest: a cell has seldom more at a time. */
const RUNS_MAX = 2_000;

type ActiveState = MetricLabels<'leadgen_runs_active'>['state'];

/** A run that has not ended, as the figures need it. */
export interface ActiveRun extends RunRef {
  state: ActiveState;
  pausedAtMs: number | null;
}

/** Of each its state, in two round trips. One that has ended meanwhile is left out. */
export async function activeRuns(
  redis: RedisClient,
  keys: CellKeys,
  runs: Pick<RunRepository, 'activeRuns'>,
): Promise<ActiveRun[]> {
  const found = (await runs.activeRuns()).slice(0, RUNS_MAX);
  if (found.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const { tenantId, runId } of found) {
    pipeline.hmget(keys.run(tenantId, runId), 'state', 'pause_reason', 'paused_at', 'updated_at');
  }
  const replies = (await pipeline.exec()) ?? [];
  return found.flatMap(({ tenantId, runId }, i) => {
    const [error, reply] = replies[i] ?? [null, []];
    if (error) throw error;
    const [state, reason, pausedAt, updatedAt] = reply as (string | null)[];
    const active = activeState(state, reason);
    if (!active) return [];
    // A run that an earlier release paused does not say since when.
    const pausedAtMs = active.startsWith('paused') ? Number(pausedAt ?? updatedAt ?? 0) : null;
    return [{ tenantId, runId, state: active, pausedAtMs }];
  });
}

export async function runFigures(
  active: readonly ActiveRun[],
  marks: Pick<RunMarks, 'openQuestions' | 'starts' | 'successes'>,
  nowMs: number,
): Promise<LeaderSample[]> {
  const [questions, starts, successes] = await Promise.all([
    marks.openQuestions(nowMs),
    marks.starts(),
    marks.successes(),
  ]);
  const paused = active.flatMap(({ pausedAtMs }) => (pausedAtMs === null ? [] : [nowMs - pausedAtMs]));
  const countOf = (state: ActiveState): number =>
    state === 'needs_input' ? questions : active.filter((run) => run.state === state).length;
  return [
    ...METRICS.leadgen_runs_active.labels.state.map((state) =>
      leaderSample('leadgen_runs_active', { state }, countOf(state)),
    ),
    leaderSample('leadgen_runs_oldest_paused_age_seconds', {}, Math.max(0, ...paused) / 1_000),
    ...[...starts].map(([schedule, atMs]) =>
      leaderSample('leadgen_cron_last_start_timestamp_seconds', { schedule }, atMs / 1_000),
    ),
    ...[...successes].map(([schedule, atMs]) =>
      leaderSample('leadgen_cron_last_success_timestamp_seconds', { schedule }, atMs / 1_000),
    ),
  ];
}

function activeState(
  state: string | null | undefined,
  reason: string | null | undefined,
): ActiveState | undefined {
  if (state === 'paused') return reason === 'vendor_cap' ? 'paused_vendor_cap' : 'paused_person';
  return state === 'queued' || state === 'running' ? state : undefined;
}
