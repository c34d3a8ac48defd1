import type { HttpHeaders } from './http-client';

const MIN_MS = 1_000;
const MAX_MS = 24 * 3_600_000;
const SECONDS = /^[+-]?\d+(\.\d+)?$/;
/** Every form of an HTTP date starts with a weekday; anything else `Date.parse` might make sense of is not one. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * `Retry-After` in ms, of either form (RFC 9110 §10.2.3), clamped to 1 s … 24 h: a vendor's slip must not close it for
 * a year, nor a negative number hammer it. A date counts from the answer's own `Date`, so that a wrong clock here does
 * no harm. Null when there is none or it cannot be read.
 */
export function retryAfterMs(headers: HttpHeaders, nowMs: number): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (SECONDS.test(text)) return clamp(Number(text) * 1_000);
  const until = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(until)) return null;
  const answeredAt = Date.parse(headers.date ?? '');
  return clamp(until - (Number.isNaN(answeredAt) ? nowMs : answeredAt));
}

function clamp(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, MIN_MS), MAX_MS));
}
