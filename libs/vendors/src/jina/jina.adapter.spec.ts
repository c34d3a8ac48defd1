import { join } from 'node:path';
import { expectCpuTimeBelow } from '../../test/cpu-time';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { VendorContext } from '../vendor.port';
import { jinaVendor } from './jina.adapter';

describeRecordings(jinaVendor, join(__dirname, 'recordings'));

describe('a page read by somebody else', () => {
  const crawl = async (data: Record<string, unknown>, domain = 'acme.example') => {
    const http = new ScriptedHttp(() => answered({ code: 200, status: 20000, data }));
    const context: VendorContext = {
      apiKey: 'canary-key',
      baseUrl: new URL('https://r.vendor.example'),
      http,
      deadlineMs: 1_000,
      signal: new AbortController().signal,
      resume: null,
    };
    const outcome = await jinaVendor.calls.crawl_website?.({ domain }, context);
    return { http, outcome };
  };
  const PROSE = 'Acme builds warehouse robots for logistics companies in all of Europe.';

  it('has its key in a header, and is read no further than robots.txt lets us', async () => {
    const { http } = await crawl({ title: 'Acme' });
    expect(http.requests[0]?.url.href).toBe('https://r.vendor.example/https://acme.example/');
    expect(http.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer canary-key',
      'x-robots-txt': 'leadgen-orchestrator',
    });
  });

  it.each([
    '',
    'localhost',
    '10.0.0.1',
    'acme.example/path',
    'a b.example',
    '[::1]',
    'acme.example:6379',
    '-',
  ])('is not asked for where the domain is %j', async (domain) => {
    const { http, outcome } = await crawl({ title: 'Acme' }, domain);
    expect(outcome).toEqual({ kind: 'empty', units: 0 });
    expect(http.requests).toEqual([]);
  });

  it('gives title, description, sentences and addresses, the company’s own first', async () => {
    const text = `Home\nContact\n${PROSE}\nPress: agency@press.test\nWrite to hello@acme.example`;
    const { outcome } = await crawl({
      title: 'Ac\u200bme',
      description: ' Robots ',
      url: 'https://www.acme.example/?utm=1',
      text,
      usage: { tokens: 1_001 },
    });
    expect(outcome).toEqual({
      kind: 'ok',
      units: 2,
      value: {
        url: 'https://www.acme.example/',
        title: 'Acme',
        description: 'Robots',
        emails: ['hello@acme.example', 'agency@press.test'],
        phones: [],
        socials: [],
        technologies: [],
        excerpt: PROSE,
      },
    });
  });

  it('is nothing where it was an error, and costs what it took to read that', async () => {
    const { outcome } = await crawl({
      title: '404',
      text: PROSE,
      warning: 'Target URL returned error 404: Not Found',
      usage: { tokens: 30 },
    });
    expect(outcome).toEqual({ kind: 'empty', units: 1 });
  });

  it('is nothing where it says nothing', async () => {
    expect((await crawl({ title: '', text: ' \n ', usage: { tokens: 0 } })).outcome).toEqual({
      kind: 'empty',
      units: 0,
    });
  });

  it('takes no script for its address', async () => {
    const { outcome } = await crawl({ title: 'Acme', url: 'javascript:alert(1)' });
    expect(outcome).toMatchObject({ value: { url: 'https://acme.example/' } });
  });

  it('of five megabytes is read in time', async () => {
    const text = `${'a@'.repeat(500_000)}\n${`${PROSE}\n`.repeat(50_000)}`;
    await expectCpuTimeBelow(500, () => crawl({ title: 'Acme', text }));
  });
});
