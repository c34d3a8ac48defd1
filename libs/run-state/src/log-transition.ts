import type { Logger } from '#libs/observability';
import type { TransitionListener } from './run.repository';

/** One log line per transition, the same for every surface: `run_start`, `run_complete`, `run_failed` and the rest. */
export function logTransition(logger: Logger): TransitionListener {
  return ({ run, from, to, event, message, threadId, source, durationMs }) => {
    const fields = {
      event,
      tenant_id: run.tenantId,
      thread_id: threadId,
      run_id: run.runId,
      source,
      from,
      state: to,
      duration_ms: durationMs,
    };
    if (to === 'failed') logger.warn(fields, message);
    else logger.info(fields, message);
  };
}
