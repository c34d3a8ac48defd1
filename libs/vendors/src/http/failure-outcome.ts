import type { VendorOutcome } from '../vendor.port';
import type { HttpHeaders, HttpResult } from './http-client';
import { retryAfterMs } from './retry-after';

/** An outcome without an answer. */
export type VendorFailure = Exclude<VendorOutcome<never>, { kind: 'ok' | 'empty' }>;

type StatusMeaning = Exclude<VendorFailure['kind'], 'timeout_before_send' | 'timeout_after_send' | 'pending'>;

/** What a vendor means by a status, where it differs from everybody else's meaning. */
export type StatusMeanings = Readonly<Record<number, StatusMeaning>>;

/** A vendor that says "slow down" and not for how long is left alone for its longest usual window. */
const SLOW_DOWN_MS = 60_000;

const USUAL_MEANINGS: StatusMeanings = {
  401: 'auth_failed',
  402: 'quota_exhausted',
  403: 'auth_failed',
  408: 'vendor_error',
  429: 'rate_limited',
};

/** The one mapper from HTTP to outcomes: null for a 2xx answer, whose body decides. */
export function failureOutcome(result: HttpResult, meanings: StatusMeanings = {}): VendorFailure | null {
  switch (result.kind) {
    case 'failed':
      return { kind: result.sent ? 'timeout_after_send' : 'timeout_before_send' };
    case 'unreadable':
      return { kind: 'bad_response', detail: result.detail };
    case 'response': {
      const { status, headers } = result;
      const kind = meanings[status] ?? USUAL_MEANINGS[status] ?? kindByClass(status);
      return kind && statusOutcome(kind, status, headers);
    }
  }
}

function statusOutcome(kind: StatusMeaning, status: number, headers: HttpHeaders): VendorFailure {
  switch (kind) {
    case 'rate_limited':
      return { kind, retryAfterMs: retryAfterMs(headers, Date.now()) ?? SLOW_DOWN_MS };
    case 'quota_exhausted':
      return { kind, retryAfterMs: retryAfterMs(headers, Date.now()) };
    case 'vendor_error':
      return { kind, status };
    case 'bad_request':
    case 'bad_response':
      return { kind, detail: `status ${status}` };
    case 'auth_failed':
      return { kind };
  }
}

function kindByClass(status: number): StatusMeaning | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 500) return 'vendor_error';
  // A redirect is not followed: a vendor's API that moves us elsewhere, key included, is not to be trusted.
  return status >= 400 ? 'bad_request' : 'bad_response';
}
