import { join } from 'node:path';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { HttpResult } from '../http/http-client';
import type { VendorContext } from '../vendor.port';
import { apifyVendor } from './apify.adapter';

describeRecordings(apifyVendor, join(__dirname, 'recordings'));

async function ask(resume: string | null, result: HttpResult, name = 'Acme') {
  const http = new ScriptedHttp(() => result);
  const context: VendorContext = {
    apiKey: 'canary-key',
    baseUrl: new URL('https://api.vendor.example'),
    http,
    deadlineMs: 1_000,
    signal: new AbortController().signal,
    resume,
  };
  const outcome = await apifyVendor.calls.find_signals?.({ domain: 'acme.example', name }, context);
  return { http, outcome };
}

const run = (status: string, more: Record<string, unknown> = {}) =>
  answered({ data: { id: 'run1', status, defaultDatasetId: 'data1', ...more } });

describe('a run', () => {
  it('is started with the most it may cost, and its key in a header only', async () => {
    const { http } = await ask(null, run('READY'), 'Acme\u0000 Robots');
    const [request] = http.requests;
    expect(request?.url.searchParams.get('maxTotalChargeUsd')).toBe('0.025');
    expect(JSON.parse(request?.body ?? '')).toEqual({ query: 'Acme Robots acme.example', maxItems: 10 });
    expect(request?.headers?.authorization).toBe('Bearer canary-key');
    expect(`${request?.url.href ?? ''}${request?.body ?? ''}`).not.toContain('canary-key');
  });

  it.each([
    ['garbage', answered('<html>')],
    ['no id', run('READY', { id: undefined })],
    ['an id that leads elsewhere', run('READY', { id: '../../acts' })],
    ['a status nobody knows', run('DANCING')],
    [
      'a body too long',
      { kind: 'unreadable', status: 201, headers: {}, detail: 'a body of more than 5 bytes' },
    ],
  ] as const)('whose start is answered with %s is in doubt: it may be running', async (_, result) => {
    expect((await ask(null, result as HttpResult)).outcome).toEqual({ kind: 'timeout_after_send' });
  });

  it('that was started is not started again, whatever an answer about it says', async () => {
    for (const result of [
      run('RUNNING'),
      answered('<html>'),
      answered('', { status: 500 }),
      answered('', { status: 404 }),
    ]) {
      const { http } = await ask('run run1 data1', result);
      expect(http.requests.map(({ method }) => method)).toEqual(['GET']);
    }
  });

  it.each([
    '',
    'run',
    'run run1',
    'run run1 data1 more',
    'stop run1 data1',
    'run ../x data1',
    'run run1 da?ta',
    'asked',
  ])('that nobody can have left as %j is asked after nowhere', async (resume) => {
    const { http, outcome } = await ask(resume, run('RUNNING'));
    expect(outcome).toMatchObject({ kind: 'bad_request' });
    expect(http.requests).toEqual([]);
  });
});

describe('what a run found', () => {
  it('is read item by item: one that is no article says nothing', async () => {
    const items = [
      null,
      7,
      'x',
      { title: 5, link: {} },
      { title: 'Acme launches a robot', link: 'https://news.example/r' },
    ];
    expect((await ask('items run1 data1', answered(items))).outcome).toEqual({
      kind: 'ok',
      value: {
        signals: [
          { kind: 'product', title: 'Acme launches a robot', url: 'https://news.example/r', date: null },
        ],
      },
      units: 0,
    });
  });
});
