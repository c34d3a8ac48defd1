import type { ListedRun } from './listed-runs';

/** A run of a list as machines read it. */
export function runLine(run: ListedRun): { event: 'run' } & Record<string, unknown> {
  const { tenant_id, thread_id, run_id, source, state, pause_reason, status, counters, problem } = run;
  const { created_at, started_at, finished_at } = run;
  return {
    event: 'run',
    tenant_id,
    thread_id,
    run_id,
    source,
    state,
    pause_reason,
    status,
    counters,
    ...(problem && { error: problem }),
    created_at,
    started_at,
    finished_at,
  };
}
