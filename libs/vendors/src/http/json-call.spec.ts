import { z } from 'zod';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import type { VendorContext, VendorDescriptor } from '../vendor.port';
import type { HttpResult } from './http-client';
import { jsonCall } from './json-call';

const KEY = 'canary-key-5d1f';
const schema = z.object({ data: z.object({ name: z.string() }) });

const descriptor: VendorDescriptor = {
  id: 'acme',
  title: 'Acme',
  docsUrl: 'https://vendor.example/docs',
  auth: 'query',
  defaultBaseUrl: 'https://api.vendor.example',
  cap: {
    concurrency: 1,
    windows: [{ name: 'minute', kind: 'sliding', limit: 10, lengthMs: 60_000 }],
  },
  codes: { 409: 'rate_limited' },
  rateHeaders: [{ window: 'minute', left: 'x-left' }],
  deadlineMs: 1_000,
  services: [],
};

/** Asks whether an address is valid; the answer's name stands in for it, so that all that was read can be seen. */
const verify = jsonCall(descriptor, 'verify_email', {
  request: ({ email }, { apiKey }) => ({
    method: 'GET',
    path: '/v2/x',
    query: { q: email, api_key: apiKey ?? '' },
  }),
  schema,
  read: (value) => ({ kind: 'ok', value: { email: JSON.stringify(value), verdict: 'valid' }, units: 1 }),
});

function ask(result: HttpResult, baseUrl = 'https://api.vendor.example/base/') {
  const http = new ScriptedHttp(() => result);
  const context: VendorContext = {
    apiKey: KEY,
    baseUrl: new URL(baseUrl),
    http,
    deadlineMs: 1_000,
    signal: new AbortController().signal,
    resume: null,
  };
  return { http, outcome: verify({ email: 'a&b=c' }, context) };
}

const named = (name: string) => ({
  kind: 'ok',
  value: { email: JSON.stringify({ data: { name } }), verdict: 'valid' },
  units: 1,
});

describe('a call of a JSON API', () => {
  it('asks below the base URL, and escapes what goes into the query', async () => {
    const { http, outcome } = ask(answered({ data: { name: 'Acme', more: 1 } }));
    expect(await outcome).toEqual(named('Acme'));
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]?.url.href).toBe(
      `https://api.vendor.example/base/v2/x?q=a%26b%3Dc&api_key=${KEY}`,
    );
  });

  it('means by a code what the descriptor says', async () => {
    expect(await ask(answered('', { status: 409 })).outcome).toEqual({
      kind: 'rate_limited',
      retryAfterMs: 60_000,
    });
  });

  it.each([
    ['an answer', answered({ data: { name: 'Acme' } }, { headers: { 'x-left': '3' } })],
    ['a refusal', answered('', { status: 429, headers: { 'x-left': '3' } })],
    ['a failure', answered('', { status: 500, headers: { 'x-left': '3' } })],
    ['garbage', answered('<html>', { headers: { 'x-left': '3' } })],
    [
      'an answer too long to read',
      { kind: 'unreadable', status: 200, headers: { 'x-left': '3' }, detail: 'too long' } as const,
    ],
  ])('tells what the headers of %s say of the windows', async (_, result) => {
    expect(await ask(result).outcome).toMatchObject({ readings: [{ window: 'minute', left: 3 }] });
  });

  it.each([
    answered({ data: { name: 'Acme' } }),
    { kind: 'failed', sent: true, code: 'ECONNRESET' } as const,
  ])('tells of no window without such headers: %j', async (result) => {
    expect(await ask(result).outcome).not.toHaveProperty('readings');
  });

  it.each([
    ['HTML', '<!doctype html><h1>Busy</h1>'],
    ['cut off', '{"data":{"name":"Ac'],
    ['empty', ''],
    ['NaN', '{"data":NaN}'],
    ['another type', '{"data":{"name":7}}'],
    ['null', 'null'],
    ['10,000 levels deep', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,000 objects deep', '{"data":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ])('answers bad_response, without a word of it, to a body that is %s', async (_, body) => {
    const outcome = await ask(answered(body)).outcome;
    expect(outcome).toMatchObject({ kind: 'bad_response' });
    expect(JSON.stringify(outcome).length).toBeLessThan(260);
    if (body !== '') expect(JSON.stringify(outcome)).not.toContain('Ac');
  });

  it('survives a million levels of nesting', async () => {
    const outcome = await ask(answered('['.repeat(1_000_000))).outcome;
    expect(outcome).toMatchObject({ kind: 'bad_response' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('is not polluted by a key %s', async (key) => {
    const body = `{"data":{"name":"Acme","${key}":{"polluted":true}},"${key}":{"polluted":true}}`;
    const outcome = await ask(answered(body)).outcome;
    expect(outcome).toEqual(named('Acme'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never lets the key into an outcome', async () => {
    const results: HttpResult[] = [
      answered(`{"error":"bad key ${KEY}"}`),
      answered(`"${KEY}"`, { status: 400 }),
      { kind: 'unreadable', status: 200, headers: {}, detail: 'a body of more than 5 bytes' },
      { kind: 'failed', sent: true, code: 'ECONNRESET' },
    ];
    const outcomes = await Promise.all(results.map((result) => ask(result).outcome));
    expect(JSON.stringify(outcomes)).not.toContain(KEY);
  });
});
