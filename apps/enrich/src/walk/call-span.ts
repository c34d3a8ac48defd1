import type { StepCall } from '#libs/domain';
import type { SpanDraft } from '#libs/observability';

/** One request to a vendor as a span of its company's walk: who is asked for what, never about whom. */
export function callSpan({ vendor, op }: StepCall, attempt: number): SpanDraft {
  return { name: `${vendor} ${op}`, kind: 'client', fields: { vendor, op, attempt } };
}
