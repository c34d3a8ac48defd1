import { join } from 'node:path';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { VendorContext } from '../vendor.port';
import { tavilyVendor } from './tavily.adapter';

describeRecordings(tavilyVendor, join(__dirname, 'recordings'));

describe('a search for news', () => {
  const search = async (results: readonly unknown[], name = 'Acme') => {
    const http = new ScriptedHttp(() => answered({ results }));
    const context: VendorContext = {
      apiKey: 'canary-key',
      baseUrl: new URL('https://api.vendor.example'),
      http,
      deadlineMs: 1_000,
      signal: new AbortController().signal,
      resume: null,
    };
    const outcome = await tavilyVendor.calls.find_signals?.({ domain: 'acme.example', name }, context);
    return { http, outcome };
  };

  it('is about the company’s name and domain, and has its key in the header only', async () => {
    const { http } = await search([], 'Acme\u0000 \u200bRobots');
    expect(JSON.parse(http.requests[0]?.body ?? '')).toMatchObject({
      query: 'Acme Robots acme.example',
      topic: 'news',
    });
    expect(http.requests[0]?.headers?.authorization).toBe('Bearer canary-key');
    expect(`${http.requests[0]?.url.href ?? ''}${http.requests[0]?.body ?? ''}`).not.toContain('canary-key');
  });

  it('has no longer query than the vendor takes', async () => {
    const { http } = await search([], 'x'.repeat(2_000));
    const { query } = JSON.parse(http.requests[0]?.body ?? '') as { query: string };
    expect(query.length).toBeLessThanOrEqual(400);
    expect(query).toContain('acme.example');
  });

  it('takes no script for an address, and no hidden characters into a title', async () => {
    const { outcome } = await search([
      { title: 'Acme', url: 'javascript:alert(1)' },
      { title: 'A\u200bcme raises\u0000 money', url: 'https://news.example/a' },
    ]);
    expect(outcome).toEqual({
      kind: 'ok',
      value: {
        signals: [{ kind: 'funding', title: 'Acme raises money', url: 'https://news.example/a', date: null }],
      },
      units: 1,
    });
  });

  it('that finds only other companies has found nothing, and costs all the same', async () => {
    const { outcome } = await search([{ title: 'Bolt raises money', url: 'https://news.example/b' }]);
    expect(outcome).toEqual({ kind: 'empty', units: 1 });
  });
});
