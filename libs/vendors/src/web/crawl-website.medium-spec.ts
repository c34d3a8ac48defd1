import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { localServer, type LocalServer } from '../../test/local-server';
import { ScriptedHttp } from '../../test/scripted-http';
import type { VendorContext } from '../vendor.port';
import { crawlWebsite } from './crawl-website';
import type { LookupAll } from './guard/guarded-connector';

type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** A crawl has a connection of its own; the registry's client must not be used. */
const UNUSED = new ScriptedHttp(() => {
  throw new Error('a crawl goes through its own guarded client');
});
const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  expect(UNUSED.requests).toEqual([]);
});

const html =
  (body: string): Page =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
const redirect =
  (location: string): Page =>
  (_request, response) =>
    response.writeHead(302, { location, 'set-cookie': 'tracker=1' }).end();
const MISSING: Page = (_request, response) => response.writeHead(404).end();

/** The web: pages by host and path, all served from one address. Answers what was asked for, in its order. */
async function web(pages: Readonly<Record<string, Page>>) {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = await localServer((request, response) => {
    const page = `${request.headers.host}${request.url}`;
    asked.push(page);
    headers.push(request.headers);
    (pages[page] ?? MISSING)(request, response);
  });
  servers.push(server);
  return { baseUrl: server.url, asked, headers };
}

async function crawl(baseUrl: URL | null, options: Partial<VendorContext> = {}, lookup?: LookupAll) {
  const began = performance.now();
  const outcome = await crawlWebsite(lookup)(
    { domain: 'acme.example' },
    {
      apiKey: null,
      baseUrl,
      http: UNUSED,
      deadlineMs: 5_000,
      signal: new AbortController().signal,
      resume: null,
      ...options,
    },
  );
  return { ...outcome, tookMs: performance.now() - began };
}

describe('a crawl', () => {
  it('reads robots.txt and the home page, and no more where that says enough', async () => {
    const { baseUrl, asked, headers } = await web({
      'acme.example/': html(
        '<title>Acme</title><p>hi@acme.example +1 212 555 0100</p><a href="/contact">Contact</a>',
      ),
    });
    expect(await crawl(baseUrl)).toMatchObject({
      kind: 'ok',
      units: 1,
      value: {
        url: 'http://acme.example/',
        title: 'Acme',
        emails: ['hi@acme.example'],
        phones: ['+12125550100'],
      },
    });
    expect(asked).toEqual(['acme.example/robots.txt', 'acme.example/']);
    for (const sent of headers) expect(sent['user-agent']).toMatch(/^leadgenorchestrator\//);
  });

  it('reads one contact page where the home page lacks ways to get in touch', async () => {
    const { baseUrl, asked } = await web({
      'acme.example/': html('<title>Acme</title><a href="/about">About</a><a href="/contact">Contact</a>'),
      'acme.example/contact': html('<title>Contact</title><p>hi@acme.example</p>'),
    });
    expect(await crawl(baseUrl)).toMatchObject({
      kind: 'ok',
      value: { title: 'Acme', emails: ['hi@acme.example'] },
    });
    expect(asked).toEqual(['acme.example/robots.txt', 'acme.example/', 'acme.example/contact']);
  });

  it('spares a site that asks for pauses the second page', async () => {
    const { baseUrl, asked } = await web({
      'acme.example/robots.txt': (_request, response) => response.end('User-agent: *\nCrawl-delay: 30'),
      'acme.example/': html('<title>Acme</title><a href="/contact">Contact</a>'),
      'acme.example/contact': html('<p>hi@acme.example</p>'),
    });
    expect(await crawl(baseUrl)).toMatchObject({ kind: 'ok', value: { emails: [] } });
    expect(asked).not.toContain('acme.example/contact');
  });

  it('does not read the contact page that robots.txt forbids', async () => {
    const { baseUrl, asked } = await web({
      'acme.example/robots.txt': (_request, response) => response.end('User-agent: *\nDisallow: /contact'),
      'acme.example/': html('<title>Acme</title><a href="/contact">Contact</a>'),
    });
    expect(await crawl(baseUrl)).toMatchObject({ kind: 'ok' });
    expect(asked).not.toContain('acme.example/contact');
  });

  it('follows the company to another host, and carries no cookie there', async () => {
    const { baseUrl, headers } = await web({
      'acme.example/': redirect('http://www.acme.example/en'),
      'www.acme.example/en': html('<title>Acme</title><p>hi@acme.example</p>'),
    });
    expect(await crawl(baseUrl)).toMatchObject({ kind: 'ok', value: { url: 'http://www.acme.example/en' } });
    expect(headers.filter(({ cookie }) => cookie !== undefined)).toEqual([]);
  });

  it('reads a compressed page', async () => {
    const { baseUrl } = await web({
      'acme.example/': (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync('<title>Acme</title>')),
    });
    expect(await crawl(baseUrl)).toMatchObject({ kind: 'ok', value: { title: 'Acme' } });
  });
});

describe('a website that gives nothing', () => {
  it.each<[string, Page]>([
    ['is not there', MISSING],
    ['fails', (_request, response) => response.writeHead(500).end('oops')],
    [
      'is a file',
      (_request, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF'),
    ],
    ['is blank', html('<html><body></body></html>')],
    ['hangs up', (_request, response) => response.destroy()],
    ['leads to itself', redirect('http://acme.example/')],
    ['leads to the clouds’ metadata', redirect('http://169.254.169.254/latest/meta-data/')],
    ['leads to this machine', redirect('http://127.0.0.1/')],
    ['leads to a file', redirect('file:///etc/passwd')],
    [
      'is a compressed bomb',
      (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(50_000_000))),
    ],
    ['is three megabytes long', html('x'.repeat(3_000_000))],
  ])('because it %s is empty', async (_, page) => {
    const { baseUrl, asked } = await web({ 'acme.example/': page });
    const outcome = await crawl(baseUrl);
    expect(outcome).toMatchObject({ kind: 'empty' });
    expect(outcome.tookMs).toBeLessThan(3_000);
    expect(asked.filter((url) => !url.startsWith('acme.example/'))).toEqual([]);
  });
});

describe('the deadline', () => {
  it('is for all requests together, however each drips', async () => {
    const drip: Page = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('<p>'), 50);
      response.on('close', () => clearInterval(timer));
    };
    const slowRules: Page = (_request, response) => {
      setTimeout(() => response.end('User-agent: *\nDisallow:'), 300);
    };
    const { baseUrl } = await web({ 'acme.example/robots.txt': slowRules, 'acme.example/': drip });
    const outcome = await crawl(baseUrl, { deadlineMs: 700 });
    expect(outcome).toMatchObject({ kind: 'empty' });
    expect(outcome.tookMs).toBeGreaterThanOrEqual(690);
    expect(outcome.tookMs).toBeLessThan(1_700);
  });

  it('of a contact page costs nothing that the home page said', async () => {
    const { baseUrl } = await web({
      'acme.example/': html('<title>Acme</title><a href="/contact">Contact</a>'),
      'acme.example/contact': () => undefined,
    });
    expect(await crawl(baseUrl, { deadlineMs: 500 })).toMatchObject({ kind: 'ok', value: { title: 'Acme' } });
  });
});

describe('a crawl that is stopped or cannot begin', () => {
  it('ends at once when its caller says so', async () => {
    const stop = new AbortController();
    const { baseUrl } = await web({ 'acme.example/robots.txt': () => stop.abort() });
    const outcome = await crawl(baseUrl, { signal: stop.signal });
    expect(outcome).toMatchObject({ kind: 'timeout_after_send' });
    // Its deadline is five seconds.
    expect(outcome.tookMs).toBeLessThan(3_000);
  });

  const failing =
    (code: string, names: string[] = []): LookupAll =>
    (hostname, _options, callback) => {
      names.push(hostname);
      callback(Object.assign(new Error(code), { code }));
    };

  it('asks for www where the domain itself has no address', async () => {
    const names: string[] = [];
    expect(await crawl(null, {}, failing('ENOTFOUND', names))).toMatchObject({ kind: 'empty' });
    expect(names).toEqual(['acme.example', 'www.acme.example']);
  });

  it.each(['EAI_AGAIN', 'ENETUNREACH'])('does not blame the company for %s of our own', async (code) => {
    expect(await crawl(null, {}, failing(code))).toMatchObject({ kind: 'timeout_before_send' });
  });

  it('is empty where the company’s name leads into our own house', async () => {
    const inside: LookupAll = (_hostname, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    expect(await crawl(null, {}, inside)).toMatchObject({ kind: 'empty' });
  });
});
