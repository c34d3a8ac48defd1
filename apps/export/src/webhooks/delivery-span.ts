import type { WebhookPayload } from '#libs/contracts';
import type { SpanDraft } from '#libs/observability';
import type { WebhookContext } from '#libs/queue';
import type { RunTrace } from '#libs/run-state';

/** An attempt to tell a receiver of a run's ending, in the run's trace however late it comes. */
export function deliverySpan(
  { runId }: WebhookPayload,
  { jobId, attempt }: WebhookContext,
  run: RunTrace | undefined,
): SpanDraft {
  return {
    name: 'deliver webhook',
    kind: 'client',
    parent: run?.traceparent ?? null,
    fields: {
      run_id: runId,
      thread_id: run?.thread_id,
      source: run?.source,
      job_id: jobId,
      attempt,
    },
  };
}
