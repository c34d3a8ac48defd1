import { appError } from '#libs/contracts';

/** Of what a tenant has stored: 0 before anything was; each change adds 1. */
export interface StoredVersion {
  version: number;
  /** ISO 8601; null before anything was stored. */
  updatedAt: string | null;
}

/** Which version a change is meant for: the one that was read, or `any`. */
export type ExpectedVersion = number | 'any';

/** Somebody else changed it since it was read. */
export function changedMeanwhile(): Error {
  return appError(
    'precondition_failed',
    'it was changed since you read it: read it again, and send its ETag as If-Match',
  );
}
