import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { closedPort, localServer, rawServer, type LocalServer } from '../../test/local-server';
import { rssGrowth } from '../../test/rss-growth';
import type { HttpRequest, HttpResult } from './http-client';
import { createApiDispatcher, UndiciHttpClient } from './undici-http-client';

const MEGABYTE = 1_000_000;
/** Growth that an answer of a gigabyte may cause (docs: resource limits of vendor answers). */
const RSS_GROWTH_MAX = 50 * MEGABYTE;
/** On a busy machine; a request that nobody ends lasts for its deadline of five seconds. */
const FREED_WITHIN_MS = 3_000;

/** In processor time, all threads' together: to unfold all of it takes more. */
const UNFOLD_CPU_MS_MAX = 1_000;

const dispatcher = createApiDispatcher();
const client = new UndiciHttpClient(dispatcher, 'test');
const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => dispatcher.destroy());

async function serve(server: Promise<LocalServer>): Promise<LocalServer> {
  const started = await server;
  servers.push(started);
  return started;
}

const http = (handler: RequestListener) => serve(localServer(handler));

async function get(url: URL, options: Partial<HttpRequest> = {}): Promise<HttpResult & { tookMs: number }> {
  const started = performance.now();
  const result = await client.send({
    method: 'GET',
    url,
    deadlineMs: 5_000,
    maxBytes: 5 * MEGABYTE,
    signal: new AbortController().signal,
    ...options,
  });
  return { ...result, tookMs: performance.now() - started };
}

describe('an answer', () => {
  it.each([
    ['as it is', {}, (text: string) => Buffer.from(text)],
    ['gzip', { 'content-encoding': 'gzip' }, (text: string) => gzipSync(text)],
    ['Brotli', { 'content-encoding': 'br' }, (text: string) => brotliCompressSync(text)],
  ])('is read %s, with its headers', async (_, headers, encode) => {
    const { url } = await http((_request, response) => {
      response.writeHead(201, { ...headers, 'X-Left': ['1', '2'] }).end(encode('{"a":"ä"}'));
    });
    const result = await get(url);
    expect(result).toMatchObject({ kind: 'response', status: 201, headers: { 'x-left': '1, 2' } });
    expect(result.kind === 'response' && result.body.toString()).toBe('{"a":"ä"}');
  });

  it('without a body is empty, even where it says that it is compressed', async () => {
    const { url } = await http((_request, response) => {
      response
        .writeHead(301, { 'content-encoding': 'gzip', location: '/elsewhere', 'content-length': 0 })
        .end();
    });
    expect(await get(url)).toMatchObject({ kind: 'response', status: 301, body: Buffer.alloc(0) });
  });

  it('that redirects is handed over, and not followed', async () => {
    const elsewhere = await http((_request, response) => response.end());
    const { url } = await http((_request, response) => {
      response.writeHead(302, { location: elsewhere.url.href }).end();
    });
    expect(await get(url)).toMatchObject({ kind: 'response', status: 302 });
    expect(elsewhere.hits()).toBe(0);
  });

  it('is asked for once, whatever becomes of it', async () => {
    const cut = await http((_request, response) => response.destroy());
    const broken = await http((_request, response) => response.writeHead(503).end());
    await get(cut.url);
    await get(broken.url);
    expect([cut.hits(), broken.hits()]).toEqual([1, 1]);
  });
});

describe('an unreadable answer', () => {
  it.each([
    ['broken gzip', { 'content-encoding': 'gzip' }, randomBytes(2_000)],
    ['gzip cut off', { 'content-encoding': 'gzip' }, gzipSync(randomBytes(9_000)).subarray(0, 5_000)],
    ['an unknown encoding', { 'content-encoding': 'zstd' }, Buffer.from('x')],
    ['two encodings', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('x'))],
    ['an encoding named like a property', { 'content-encoding': 'constructor' }, Buffer.from('x')],
  ])('of %s is told as such', async (_, headers, body) => {
    const { url } = await http((_request, response) => response.writeHead(200, headers).end(body));
    expect(await get(url)).toMatchObject({ kind: 'unreadable', status: 200 });
  });

  it('of a gigabyte is cut at the limit, at once and in little memory', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    let sent = 0;
    const { url } = await http((_request, response) => {
      const source = Readable.from(
        (function* () {
          for (; sent < 1_000 * MEGABYTE; sent += chunk.length) yield chunk;
        })(),
      );
      response.on('close', () => source.destroy());
      source.pipe(response);
    });
    let result: Awaited<ReturnType<typeof get>> | undefined;
    const growth = await rssGrowth(async () => {
      result = await get(url);
    });
    expect(result).toMatchObject({ kind: 'unreadable', detail: 'a body of more than 5000000 bytes' });
    expect(result?.tookMs).toBeLessThan(2_000);
    expect(growth).toBeLessThan(RSS_GROWTH_MAX);
    expect(sent).toBeLessThan(50 * MEGABYTE);
  });

  it('of a compressed bomb never unfolds', async () => {
    const bomb = await gzipOf(600 * MEGABYTE);
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const { url } = await http((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    let result: Awaited<ReturnType<typeof get>> | undefined;
    const before = process.cpuUsage();
    const growth = await rssGrowth(async () => {
      result = await get(url);
    });
    const { user, system } = process.cpuUsage(before);
    expect(result).toMatchObject({ kind: 'unreadable', detail: 'a body of more than 5000000 bytes' });
    expect((user + system) / 1_000).toBeLessThan(UNFOLD_CPU_MS_MAX);
    expect(growth).toBeLessThan(RSS_GROWTH_MAX);
  });
});

describe('a server that wastes time', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 9999\r\n\r\n';

  it.each([
    ['takes the connection and says nothing', ''],
    ['drips its headers', HEAD],
    ['drips its body', HEAD + 'x'.repeat(2_000)],
  ])('and %s holds a caller no longer than the deadline', async (how, text) => {
    const from = how.includes('body') ? HEAD.length : 0;
    const server = await serve(
      rawServer((socket) => {
        socket.write(text.slice(0, from));
        let at = from;
        const drip = setInterval(() => socket.write(text.charAt(at++)), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    const result = await get(server.url, { deadlineMs: 600 });
    expect(result).toMatchObject({ kind: 'failed', sent: true, code: 'DEADLINE' });
    expect(result.tookMs).toBeLessThan(600 + FREED_WITHIN_MS);
  });

  it('before its headers is left after the time for headers', async () => {
    const server = await serve(rawServer(() => undefined));
    const result = await get(server.url, { deadlineMs: 20_000, headersMs: 1_000 });
    expect(result).toMatchObject({ kind: 'failed', sent: true, code: 'UND_ERR_HEADERS_TIMEOUT' });
    expect(result.tookMs).toBeLessThan(3_500);
  });
});

describe('a request without an answer', () => {
  it('that nobody took was not sent', async () => {
    const url = new URL(`http://127.0.0.1:${await closedPort()}`);
    expect(await get(url)).toMatchObject({ kind: 'failed', sent: false, code: 'ECONNREFUSED' });
  });

  it('to a name that does not exist was not sent', async () => {
    const result = await get(new URL('http://nobody.invalid/'));
    expect(result).toMatchObject({ kind: 'failed', sent: false });
  });

  it.each([
    ['cut before it answers', ''],
    ['cut in the middle of its headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['cut in the middle of its body', 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf'],
    ['not speaking HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ])('from a server %s is in doubt', async (_, text) => {
    const server = await serve(
      rawServer((socket) => socket.once('data', () => socket.end(text, () => socket.destroy()))),
    );
    expect(await get(server.url)).toMatchObject({ kind: 'failed', sent: true });
    expect(server.hits()).toBe(1);
  });

  it('ends at once when its caller wants to stop', async () => {
    const stop = new AbortController();
    const server = await http(() => stop.abort());
    const result = await get(server.url, { signal: stop.signal });
    expect(result).toMatchObject({ kind: 'failed', sent: true, code: 'ABORTED' });
    expect(result.tookMs).toBeLessThan(FREED_WITHIN_MS);
  });

  it('is not even begun for a caller who has stopped already', async () => {
    const server = await http((_request, response) => response.end());
    expect(await get(server.url, { signal: AbortSignal.abort() })).toMatchObject({
      sent: false,
      code: 'ABORTED',
    });
    expect(server.hits()).toBe(0);
  });

  it('of a client that was closed was not sent', async () => {
    const closed = createApiDispatcher();
    await closed.destroy();
    const server = await http((_request, response) => response.end());
    const { signal } = new AbortController();
    const request = { method: 'GET', url: server.url, deadlineMs: 1_000, maxBytes: 9, signal } as const;
    expect(await new UndiciHttpClient(closed, 'test').send(request)).toMatchObject({
      kind: 'failed',
      sent: false,
    });
    expect(server.hits()).toBe(0);
  });

  it('with a key that cannot be sent was not sent, and does not repeat the key', async () => {
    const server = await http((_request, response) => response.end());
    const result = await get(server.url, { headers: { 'x-api-key': 'canary-key\r\nx: y' } });
    expect(result).toMatchObject({ kind: 'failed', sent: false });
    expect(JSON.stringify(result)).not.toContain('canary-key');
    expect(server.hits()).toBe(0);
  });

  it('leaves no listener on its caller’s signal', async () => {
    const { url } = await http((_request, response) => response.end('ok'));
    const { signal } = new AbortController();
    const remove = jest.spyOn(signal, 'removeEventListener');
    await get(url, { signal });
    expect(remove).toHaveBeenCalledTimes(1);
  });
});

async function gzipOf(bytes: number): Promise<Buffer> {
  const chunk = Buffer.alloc(MEGABYTE);
  const source = Readable.from(
    (function* () {
      for (let made = 0; made < bytes; made += chunk.length) yield chunk;
    })(),
  );
  const pieces: Buffer[] = [];
  for await (const piece of source.pipe(createGzip())) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
