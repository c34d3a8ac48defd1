import type { RunSource } from '#libs/contracts';

/** Who waits for whom: a `server` was asked, a `client` asks, a `producer` puts something in line that a `consumer` takes. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/**
 * All that a span may say. The list is closed so that nothing of a tenant's data gets into a trace by chance: ids, names of our
 * own, numbers. No names, addresses, URLs, messages of errors, bodies.
 */
export interface SpanFields {
  run_id?: string | undefined;
  thread_id?: string | undefined;
  source?: RunSource | undefined;
  /** A stage of the catalogue, or what of it the span is about. */
  stage?: string | undefined;
  vendor?: string | undefined;
  op?: string | undefined;
  company_id?: string | undefined;
  job_id?: string | undefined;
  /** The cap in whose lane a job waited. */
  lane?: string | undefined;
  /** Where the walk of a company goes on: the cap of a lane, or the stage's own queue. */
  moved_to?: string | undefined;
  attempt?: number | undefined;
  /** How long the job had been due before a worker took it. */
  queue_wait_ms?: number | undefined;
  outcome?: string | undefined;
  /** Code of the error catalogue. */
  error_code?: string | undefined;
  state?: string | undefined;
  sink?: string | undefined;
  created?: boolean | undefined;
  request_id?: string | undefined;
  'http.request.method'?: string | undefined;
  /** The pattern of the path, never the path: `/api/orchestrations/:thread_id`. */
  'http.route'?: string | undefined;
  'http.response.status_code'?: number | undefined;
}

export interface SpanDraft {
  name: string;
  /** Default: `internal`. */
  kind?: SpanKind;
  fields?: SpanFields;
  /**
   * Whose part it is, as a `traceparent`; `null`: it begins a trace. Default: of the span whose work this is, else it begins one.
   */
  parent?: string | null | undefined;
  /** A span of another trace that has to do with it, as a `traceparent`. */
  link?: string | undefined;
}

/** A span that has begun. One that is never ended is never exported. */
export interface OpenSpan {
  /** How others name it as their parent. */
  readonly traceparent: string;
  /** Runs something whose spans, and log lines, are part of it. */
  within<Result>(work: () => Result): Result;
  set(fields: SpanFields): void;
  rename(name: string): void;
  /** It did not do what it was for; the code is of the error catalogue. */
  fail(errorCode: string): void;
  end(): void;
}

/** What makes spans and sends them somewhere. */
export interface Tracer {
  open(draft: SpanDraft): OpenSpan;
  /** The span whose work is being done. */
  current(): OpenSpan | undefined;
  /** Sends what has ended, for at most so long; what ends later is lost. */
  stop(timeoutMs: number): Promise<void>;
}
