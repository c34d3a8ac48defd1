import { z } from 'zod';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import type { VendorContext } from '../vendor.port';
import type { HttpResult } from './http-client';
import { requestJson } from './json-request';

const KEY = 'canary-key-5d1f';
const schema = z.object({ data: z.object({ name: z.string() }) });

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
  const request = { method: 'GET', path: '/v2/x', query: { q: 'a&b=c', api_key: KEY } } as const;
  return { http, outcome: requestJson(context, request, schema) };
}

describe('requestJson', () => {
  it('asks below the base URL, and escapes what goes into the query', async () => {
    const { http, outcome } = ask(answered({ data: { name: 'Acme', more: 1 } }));
    expect(await outcome).toEqual({ kind: 'parsed', value: { data: { name: 'Acme' } } });
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]?.url.href).toBe(
      `https://api.vendor.example/base/v2/x?q=a%26b%3Dc&api_key=${KEY}`,
    );
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
    expect(outcome).toEqual({ kind: 'parsed', value: { data: { name: 'Acme' } } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const value = outcome.kind === 'parsed' ? (outcome.value.data as Record<string, unknown>) : {};
    expect(value.polluted).toBeUndefined();
  });

  it('never lets the key into an outcome', async () => {
    const results: HttpResult[] = [
      answered(`{"error":"bad key ${KEY}"}`),
      answered(`"${KEY}"`, { status: 400 }),
      { kind: 'unreadable', status: 200, detail: 'a body of more than 5 bytes' },
      { kind: 'failed', sent: true, code: 'ECONNRESET' },
    ];
    const outcomes = await Promise.all(results.map((result) => ask(result).outcome));
    expect(JSON.stringify(outcomes)).not.toContain(KEY);
  });
});
