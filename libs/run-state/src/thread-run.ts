import { appError, TERMINAL_RUN_STATES } from '#libs/contracts';
import type { RunRepository } from './run.repository';

/** How many of a thread's runs are looked at for the active one. */
const THREAD_RUNS_MAX = 100;

/**
 * The run that an action on a thread means: its single active one, the latest where none is active; `undefined`: it has no run.
 * Throws `run_ambiguous`, naming them, where several are active.
 */
export async function activeRunOfThread(
  runs: Pick<RunRepository, 'runsOfThread' | 'state'>,
  tenantId: string,
  threadId: string,
): Promise<string | undefined> {
  const runIds = await runs.runsOfThread(tenantId, threadId, THREAD_RUNS_MAX);
  const states = await Promise.all(runIds.map((runId) => runs.state({ tenantId, runId })));
  const active = runIds.filter((_, i) => {
    const state = states[i];
    return state !== undefined && !TERMINAL_RUN_STATES.includes(state);
  });
  if (active.length > 1) {
    throw appError(
      'run_ambiguous',
      `thread ${threadId} has ${active.length} active runs, name one of them: ${active.join(', ')}`,
    );
  }
  return active[0] ?? runIds[0];
}
