import { markSpan, parseTraceparent, type Logger } from '#libs/observability';
import type { TransitionListener } from './run-transition';

/**
 * One log line per transition, the same for every surface: `run_start`, `run_complete`, `run_failed` and the rest; and where there
 * is tracing a mark in the run's trace, whoever moved the run.
 */
export function logTransition(logger: Logger): TransitionListener {
  return ({ run, from, to, event, message, threadId, source, durationMs, traceparent }) => {
    const traceId = parseTraceparent(traceparent ?? '')?.traceId;
    const ids = { thread_id: threadId, run_id: run.runId, source };
    const fields = {
      event,
      tenant_id: run.tenantId,
      ...ids,
      from,
      state: to,
      duration_ms: durationMs,
      // Of the run, also where it is moved by a request that has a trace of its own.
      ...(traceId !== undefined && { trace_id: traceId }),
    };
    if (to === 'failed') logger.warn(fields, message);
    else logger.info(fields, message);
    if (traceparent !== undefined) {
      markSpan(() => ({ name: event, parent: traceparent, fields: { ...ids, state: to } }));
    }
  };
}
