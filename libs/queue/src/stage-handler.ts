import type { StageName, StagePayload } from '#libs/contracts';

/** What a handler is told besides its payload. */
export interface StageContext {
  jobId: string;
  /** The cap in whose lane the job waited; null: it comes from the stage's own queue. */
  lane: string | null;
  /** 1 for the first attempt. */
  attempt: number;
  /** How many workers have lost the job while they had it: they died, or stood still for longer than its lock lasts. */
  lostBy: number;
  /**
   * Aborted at the stage's deadline, when the job's lock is lost (another worker has the job) and when the worker is to
   * stop. The handler should end soon; a few seconds later the job is taken from it, whether it has ended or not.
   */
  signal: AbortSignal;
  /** Children of this job that have not ended (export only). */
  pendingChildren(): Promise<number>;
}

/**
 * How a handler ends without an error.
 * `done` · `later`: give the job back for `inMs`; no attempt is counted · `children`: wait again for late children ·
 * `lane_closed`: the handler has closed the job's lane; the job goes back to its head, no attempt is counted.
 */
export type StageResult =
  { kind: 'done' } | { kind: 'later'; inMs: number } | { kind: 'children' } | { kind: 'lane_closed' };

export const DONE: StageResult = { kind: 'done' };

/** The work of one stage. Throw an `AppError`: its `retry` decides whether the job is tried again. */
export interface StageHandler<Name extends StageName = StageName> {
  readonly stage: Name;
  handle(payload: StagePayload<Name>, context: StageContext): Promise<StageResult>;
}
