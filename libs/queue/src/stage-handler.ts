import type { StageName, StagePayload } from '#libs/contracts';

/** What a handler is told besides its payload. */
export interface StageContext {
  jobId: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** Aborted at the stage's deadline and when the job's lock is lost: stop working, another worker has it. */
  signal: AbortSignal;
  /** Children of this job that have not ended (export only). */
  pendingChildren(): Promise<number>;
}

/**
 * How a handler ends without an error.
 * `done` · `later`: give the job back for `inMs`; no attempt is counted · `children`: wait again for late children.
 */
export type StageResult = { kind: 'done' } | { kind: 'later'; inMs: number } | { kind: 'children' };

export const DONE: StageResult = { kind: 'done' };

/** The work of one stage. Throw an `AppError`: its `retry` decides whether the job is tried again. */
export interface StageHandler<Name extends StageName = StageName> {
  readonly stage: Name;
  handle(payload: StagePayload<Name>, context: StageContext): Promise<StageResult>;
}
