import { answered } from '../../test/scripted-http';
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

  it('lets a vendor mean something else by a code, also by one of success', () => {
    const codes = { 202: 'pending', 204: 'empty', 403: 'rate_limited', 429: 'quota_exhausted' } as const;
    const meant = (status: number, headers = {}) => failureOutcome(response(status, headers), { codes });
    expect(meant(403, { 'retry-after': '5' })).toEqual({ kind: 'rate_limited', retryAfterMs: 5_000 });
    expect(meant(429)).toEqual({ kind: 'quota_exhausted', retryAfterMs: null });
    expect(meant(202)).toEqual({ kind: 'pending', resume: 'asked', inMs: 5_000, units: 0 });
    expect(meant(202, { 'retry-after': '9' })).toMatchObject({ kind: 'pending', inMs: 9_000 });
    expect(meant(204)).toEqual({ kind: 'empty', units: 0 });
  });

  it('believes the code of an answer whose body is lost, and nothing else of it', () => {
    const unreadable = (status: number): HttpResult => ({
      kind: 'unreadable',
      status,
      headers: { 'retry-after': '5' },
      detail: 'too long',
    });
    expect(failureOutcome(unreadable(200))).toEqual({ kind: 'bad_response', detail: 'too long' });
    expect(failureOutcome(unreadable(429))).toEqual({ kind: 'rate_limited', retryAfterMs: 5_000 });
  });

  describe('asks the body of a refusal', () => {
    const refusals = [
      { at: 'error.code', says: /^insufficient_quota$/, means: 'quota_exhausted' },
      { at: 'error.code', says: /^7$/, means: 'auth_failed', status: 400 },
    ] as const;
    const refused = (status: number, body: unknown) =>
      failureOutcome(answered(body, { status, headers: { 'retry-after': '2' } }), { refusals });

    it('what the code alone does not tell', () => {
      expect(refused(429, { error: { code: 'insufficient_quota' } })).toEqual({
        kind: 'quota_exhausted',
        retryAfterMs: 2_000,
      });
      expect(refused(400, { error: { code: 7 } })).toEqual({ kind: 'auth_failed' });
    });

    it.each([
      [429, { error: { code: 'rate_limit_exceeded' } }, 'rate_limited'],
      [429, { error: null }, 'rate_limited'],
      [429, '<html>busy</html>', 'rate_limited'],
      [429, `{"error":{"code":"insufficient_quota"},"x":"${'x'.repeat(70_000)}"}`, 'rate_limited'],
      [429, { error: { code: 7 } }, 'rate_limited'],
      [500, { error: { code: 7 } }, 'vendor_error'],
    ])('and lets a %d stand that says %j', (status, body, kind) => {
      expect(refused(status, body)).toMatchObject({ kind });
    });

    it('but never that of an answer', () => {
      expect(refused(200, { error: { code: 'insufficient_quota' } })).toBeNull();
    });
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
