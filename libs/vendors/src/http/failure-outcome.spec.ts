import { failureOutcome } from './failure-outcome';
import type { HttpResult } from './http-client';

const response = (status: number, headers = {}): HttpResult => ({
  kind: 'response',
  status,
  headers,
  body: Buffer.alloc(0),
});

describe('failureOutcome', () => {
  it.each([200, 201, 204, 299])('leaves a %d to its body', (status) => {
    expect(failureOutcome(response(status))).toBeNull();
  });

  it.each([
    [301, { kind: 'bad_response', detail: 'status 301' }],
    [308, { kind: 'bad_response', detail: 'status 308' }],
    [400, { kind: 'bad_request', detail: 'status 400' }],
    [401, { kind: 'auth_failed' }],
    [402, { kind: 'quota_exhausted', retryAfterMs: null }],
    [403, { kind: 'auth_failed' }],
    [404, { kind: 'bad_request', detail: 'status 404' }],
    [408, { kind: 'vendor_error', status: 408 }],
    [422, { kind: 'bad_request', detail: 'status 422' }],
    [429, { kind: 'rate_limited', retryAfterMs: 60_000 }],
    [500, { kind: 'vendor_error', status: 500 }],
    [503, { kind: 'vendor_error', status: 503 }],
  ])('takes a %d as everybody means it', (status, outcome) => {
    expect(failureOutcome(response(status))).toEqual(outcome);
  });

  it('lets a vendor mean something else by a status', () => {
    const meanings = { 403: 'rate_limited', 429: 'quota_exhausted' } as const;
    const headers = { 'retry-after': '5' };
    expect(failureOutcome(response(403, headers), meanings)).toEqual({
      kind: 'rate_limited',
      retryAfterMs: 5_000,
    });
    expect(failureOutcome(response(429), meanings)).toEqual({ kind: 'quota_exhausted', retryAfterMs: null });
  });

  it('tells a request that never left from one that is in doubt', () => {
    expect(failureOutcome({ kind: 'failed', sent: false, code: 'ECONNREFUSED' })).toEqual({
      kind: 'timeout_before_send',
    });
    expect(failureOutcome({ kind: 'failed', sent: true, code: 'ECONNRESET' })).toEqual({
      kind: 'timeout_after_send',
    });
  });
});
