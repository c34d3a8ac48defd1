import { appError, type Phase } from '#libs/contracts';

/** A run that was made, or that was found under its idempotency key. */
export interface CreatedRun {
  tenantId: string;
  runId: string;
  threadId: string;
  createdAt: string;
  /** False: the same request made it before. */
  created: boolean;
}

/** The status a run is created with. */
export const ACCEPTED: { phase: Phase; message: string } = {
  phase: 'plan',
  message: 'Accepted, waiting for a worker',
};

/** What an entry says of its run, besides the id. */
export function createdOf(
  threadId: string | number | null | undefined,
  createdMs: string | number | null | undefined,
): Pick<CreatedRun, 'threadId' | 'createdAt'> {
  return { threadId: String(threadId), createdAt: new Date(Number(createdMs)).toISOString() };
}

export function idempotencyConflict(runId: string): Error {
  const made = runId === '' ? '' : ` (run ${runId})`;
  return appError(
    'idempotency_conflict',
    `the idempotency key was used for another request${made}: use a new key, or send the same request`,
  );
}

export function idempotencyInFlight(): Error {
  return appError(
    'idempotency_in_flight',
    'the same request is being worked on at this moment: send it again shortly, with the same key',
    { context: { retry_after_s: 1 } },
  );
}
