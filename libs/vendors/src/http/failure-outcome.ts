import type { CodeMeaning, VendorDescriptor, VendorEnd } from '../vendor.port';
import type { HttpHeaders, HttpResult } from './http-client';
import { refusalMeaning } from './refusal-body';
import { retryAfterMs } from './retry-after';

/** Every end but an answer with facts. */
export type VendorFailure = Exclude<VendorEnd<never>, { kind: 'ok' }>;

/** What a vendor means by its codes and refusals, where that differs from everybody else's meaning. */
type Meanings = Pick<VendorDescriptor, 'codes' | 'refusals'>;

/** A vendor that says "slow down" and not for how long is left alone for its longest usual window. */
const SLOW_DOWN_MS = 60_000;
/** A vendor that works on it and does not say for how long is asked again by then. */
const PENDING_MS = 5_000;
/** The same request is what asks again; the ledger only has to know that there was a first. */
const ASKED = 'asked';

const USUAL_CODES: NonNullable<Meanings['codes']> = {
  401: 'auth_failed',
  402: 'quota_exhausted',
  403: 'auth_failed',
  408: 'vendor_error',
  429: 'rate_limited',
};

/** The one mapper from HTTP to outcomes: null for a 2xx answer whose body decides. */
export function failureOutcome(
  result: HttpResult,
  { codes = {}, refusals = [] }: Meanings = {},
): VendorFailure | null {
  switch (result.kind) {
    case 'failed':
      return { kind: result.sent ? 'timeout_after_send' : 'timeout_before_send' };
    case 'unreadable': {
      // Only the body is lost: a refusal is one all the same.
      const { status, headers, detail } = result;
      const kind = codes[status] ?? USUAL_CODES[status] ?? kindByClass(status);
      return kind === null ? { kind: 'bad_response', detail } : statusOutcome(kind, status, headers);
    }
    case 'response': {
      const { status, headers } = result;
      const kind =
        refusalMeaning(result, refusals) ?? codes[status] ?? USUAL_CODES[status] ?? kindByClass(status);
      return kind && statusOutcome(kind, status, headers);
    }
  }
}

function statusOutcome(kind: CodeMeaning, status: number, headers: HttpHeaders): VendorFailure {
  switch (kind) {
    case 'rate_limited':
      return { kind, retryAfterMs: retryAfterMs(headers, Date.now()) ?? SLOW_DOWN_MS };
    case 'quota_exhausted':
      return { kind, retryAfterMs: retryAfterMs(headers, Date.now()) };
    case 'pending':
      return { kind, resume: ASKED, inMs: retryAfterMs(headers, Date.now()) ?? PENDING_MS, units: 0 };
    case 'empty':
      return { kind, units: 0 };
    case 'vendor_error':
      return { kind, status };
    case 'bad_request':
    case 'bad_response':
      return { kind, detail: `status ${status}` };
    case 'auth_failed':
      return { kind };
  }
}

function kindByClass(status: number): CodeMeaning | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 500) return 'vendor_error';
  // A redirect is not followed: a vendor's API that moves us elsewhere, key included, is not to be trusted.
  return status >= 400 ? 'bad_request' : 'bad_response';
}
