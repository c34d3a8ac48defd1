import type { OpenSpan, SpanDraft, SpanFields, Tracer } from './span.port';
import { parseTraceparent } from './traceparent';

/** Of this process; none unless it was told where traces go, see `startTracing`. */
let tracer: Tracer | undefined;

export function useTracer(next: Tracer | undefined): void {
  tracer = next;
}

/** As if it had never been used; another that is in use by now stays. */
export function dropTracer(used: Tracer): void {
  if (tracer === used) tracer = undefined;
}

/** Whether spans are made at all: whoever needs Redis or work of his own for one asks before. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** The span that work is done as. */
export interface WorkSpan extends Pick<OpenSpan, 'set' | 'fail'> {
  /** How others name it as their parent; not set: there is no tracer. */
  readonly traceparent?: string;
}

/** What work without a tracer gets in place of a span. */
const NO_SPAN: WorkSpan = { set: () => undefined, fail: () => undefined };

/**
 * Does the work as a span: one that throws has failed, with the error's code. Without a tracer it does the work and nothing else;
 * the draft is not even made.
 */
export function traced<Result>(
  draft: () => SpanDraft,
  work: (span: WorkSpan) => Promise<Result>,
): Promise<Result> {
  return tracer === undefined ? work(NO_SPAN) : inSpan(tracer.open(draft()), work);
}

async function inSpan<Result>(span: OpenSpan, work: (span: WorkSpan) => Promise<Result>): Promise<Result> {
  try {
    return await span.within(() => work(span));
  } catch (error) {
    span.fail(spanErrorCode(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Begins a span that somebody else ends; `undefined` without a tracer. */
export function openSpan(draft: () => SpanDraft): OpenSpan | undefined {
  return tracer?.open(draft());
}

/** A span of no duration: something that has just happened. */
export function markSpan(draft: () => SpanDraft): void {
  tracer?.open(draft()).end();
}

/** Adds to the span whose work is being done. */
export function noteOnSpan(fields: SpanFields): void {
  if (tracer !== undefined) tracer.current()?.set(fields);
}

/** The span whose work is being done did not do what it is for. */
export function failSpan(errorCode: string): void {
  if (tracer !== undefined) tracer.current()?.fail(errorCode);
}

/** Of the span whose work is being done, for log lines. */
export function currentTraceId(): string | undefined {
  return tracer && parseTraceparent(tracer.current()?.traceparent ?? '')?.traceId;
}

/** The code of an error of ours; of another only that it is none: its message may hold anything. */
export function spanErrorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[a-z_]{1,64}$/.test(code) ? code : 'internal';
}
