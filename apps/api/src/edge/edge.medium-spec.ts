import { once } from 'node:events';
import { connect } from 'node:net';
import { AuditLog } from '#libs/audit';
import { CellKeys } from '#libs/redis';
import { waitUntil } from '#libs/testing';
import { serveApi, type ServedApi } from '../../test/served-api';

const HEADERS_MS = 700;
const REQUEST_MS = 1_500;
/** A loaded machine looks late; without a limit nothing would come at all. */
const PATIENCE_MS = 15_000;
const CHANGING = new Set(['date', 'content-length', 'keep-alive', 'x-request-id']);
const RUN = JSON.stringify({ input: 'run full pipeline', icp_payload: {}, companies: [{ name: 'A' }] });
const JSON_HEADERS = { 'content-type': 'application/json' };

describe('the edge of the API', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi({
      LEADGEN_API_HEADERS_TIMEOUT_MS: String(HEADERS_MS),
      LEADGEN_API_REQUEST_TIMEOUT_MS: String(REQUEST_MS),
      LEADGEN_API_BAD_KEYS_PER_MINUTE: '1000',
      LEADGEN_API_ALLOWED_HOSTS: 'leads.example.com',
    });
  });
  afterAll(() => api.stop());

  const post = (body: string, headers: Record<string, string> = {}): ReturnType<ServedApi['ask']> =>
    api.ask('acme', '/api/orchestrations', {
      method: 'POST',
      body,
      headers: { ...JSON_HEADERS, ...headers },
    });
  const shown = (headers: Headers): Record<string, string> =>
    Object.fromEntries(
      [...headers].filter(([name]) => !CHANGING.has(name)).map(([name, value]) => [name, value]),
    );

  /** All that comes back for these bytes until the connection is closed. */
  async function talk(text: string, { drip }: { drip?: string } = {}): Promise<string> {
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (piece: Buffer) => (answer += piece.toString()));
    await once(socket, 'connect');
    socket.write(text);
    const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 50);
    const late = setTimeout(() => socket.destroy(new Error('the server kept the connection')), PATIENCE_MS);
    // A reset is an end, too: the server has had enough.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === undefined) answer = error.message;
    });
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(dripping);
    clearTimeout(late);
    return answer;
  }

  it('gives every answer the name of its request, under which the audit log has what it did', async () => {
    const add = (tenant: string): ReturnType<ServedApi['ask']> =>
      api.ask(tenant, '/api/tenants/me/suppressions', {
        method: 'POST',
        body: JSON.stringify({ entries: [{ kind: 'domain', value: 'globex.com' }] }),
        headers: { 'x-request-id': 'chosen-by-a-client', ...JSON_HEADERS },
      });
    const nowhere = api.ask('acme', '/api/nowhere');
    const answers = await Promise.all([add('acme'), add('globex'), nowhere, post('{')]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(new Set(ids).size).toBe(ids.length);
    const log = new AuditLog(api.redis, api.keys);
    for (const [i, tenantId] of ['acme', 'globex'].entries()) {
      const [entry] = (await log.read({ tenantId })).entries;
      expect(entry).toMatchObject({ action: 'suppressions.added', details: { request_id: ids[i] } });
    }
    expect(await log.verify()).toMatchObject({ intact: true });
  });

  it('shows the same headers whatever it answers, and never what it is made of', async () => {
    const success = await api.ask('acme', '/api/orchestrations');
    const stranger = await fetch(`${api.url}/api/orchestrations`);
    const unknown = await api.ask('acme', '/api/nothing');
    await post(RUN, { 'idempotency-key': 'once' });
    const conflict = await post(RUN.replace('"A"', '"B"'), { 'idempotency-key': 'once' });
    const { body } = await post(RUN);
    await api.redis.hset(new CellKeys('main').run('acme', String(body.run_id)), 'output', '{broken');
    const broken = await api.ask('acme', `/api/orchestrations/${String(body.run_id)}`);
    const answers = { success, stranger, unknown, conflict, broken };
    expect(Object.values(answers).map(({ status }) => status)).toEqual([200, 401, 404, 422, 500]);
    expect(JSON.stringify(broken.body)).not.toMatch(/zod|broken|stack|\.ts|node_modules|run-hash/i);
    for (const [name, { headers }] of Object.entries(answers)) {
      expect({ [name]: shown(headers) }).toMatchSnapshot({
        [name]: {
          ...(headers.has('ratelimit-remaining') && { 'ratelimit-remaining': expect.any(String) }),
          ...(headers.has('ratelimit-reset') && { 'ratelimit-reset': expect.any(String) }),
        },
      });
    }
  });

  it('answers pages of other sites without a word that would let them read it', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await api.ask('acme', '/api/orchestrations', {
        method,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it.each([
    ['evil.example', 421],
    ['evil.example:3000', 421],
    ['127.0.0.1.evil.example', 421],
    ['leads.example.com', 401],
    ['LEADS.example.com:443', 401],
    ['localhost', 401],
    ['[::1]:3000', 401],
  ])('called %s answers %d: a name that was made to point here is not ours', async (host, status) => {
    const answer = await talk(
      `GET /api/orchestrations HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const probe = await talk(`GET /health/live HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect(probe).toMatch(/^HTTP\/1.1 200 /);
  });

  it('waits for headers, and for a body, no longer than it says, however steadily they trickle in', async () => {
    const started = performance.now();
    const headers = await talk('GET /health/live HTTP/1.1\r\nhost: localhost\r\n', { drip: 'x: y\r\n' });
    expect(headers).not.toMatch(/kept the connection|200 OK/);
    const key = await api.authorization('acme');
    const body = await talk(
      `POST /api/orchestrations HTTP/1.1\r\nhost: localhost\r\nauthorization: ${key}\r\n` +
        'content-type: application/json\r\ncontent-length: 100000\r\n\r\n{"input":"',
      { drip: 'a' },
    );
    expect(body).toMatch(/^HTTP\/1.1 408 .*"code":"request_timeout"/s);
    expect(performance.now() - started).toBeGreaterThan(HEADERS_MS + REQUEST_MS - 100);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });

  it('takes as long to answer as the route does, once the request is there', async () => {
    const { body } = await post(RUN);
    const started = performance.now();
    const { status } = await api.ask('acme', `/api/orchestrations/${String(body.run_id)}`, {
      headers: { prefer: 'wait=3' },
    });
    expect(status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(REQUEST_MS);
  });

  it('takes JSON of 32 levels and 256 KB, no deeper and no larger', async () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const withValue = (value: string): string => RUN.replace('"A"', `"A","x":${value}`);
    // The body, its companies and one of these are levels, too.
    expect((await post(withValue(nested(29)))).status).toBe(202);
    for (const value of [nested(30), nested(100_000), `{"a":${nested(60)}}`]) {
      const answer = await post(withValue(value));
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(String(answer.body.detail)).toMatch(/companies.*32 levels/);
    }
    expect(await post(withValue(`"${'x'.repeat(262_144)}"`))).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
  });

  it('refuses what is not HTTP without falling over', async () => {
    for (const bytes of [
      '\x16\x03\x01\x02\x00\x01\x00\x01',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`,
    ]) {
      expect(await talk(bytes)).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    }
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });

  it('takes nothing new while Redis is nearly full, still shows what there is, and goes on when there is room', async () => {
    // So much that a few requests beside it do not matter.
    await api.redis.setrange('ballast', 32_000_000, 'x');
    const used = Number(/used_memory:(\d+)/.exec(await api.redis.info('memory'))?.[1]);
    await api.redis.config('SET', 'maxmemory', Math.round(used * 1.15));
    await waitUntil(async () => (await post(RUN)).body.code === 'redis_full', {
      timeoutMs: 10_000,
      what: 'new runs are refused',
    });
    const refused = await post(RUN);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.ask('acme', '/api/orchestrations')).status).toBe(200);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    await api.redis.config('SET', 'maxmemory', 0);
    await waitUntil(async () => (await post(RUN)).status === 202, {
      timeoutMs: 10_000,
      what: 'new runs are taken',
    });
  });
});
