import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys, hashOpsPassword, opsUserEntry } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, producerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  parseExposition,
  spawnApp,
  startTestRedis,
  waitUntil,
  type SpawnedApp,
  type TestRedis,
} from '#libs/testing';

import type { CapView } from './vendors/cap.view';

const RUN = { tenantId: 'acme', runId: 'run_01J8ZC00000000000000000000' };
const CANARY = 'canary-4711@example.com';

interface ShownQueue {
  name: string;
  readOnlyMode: boolean;
  jobs: Record<string, unknown>[];
}

describe('the admin port', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let flow: RunFlow;
  let api: SpawnedApp;
  let dataDir: string;
  let tenantKey: string;
  const keys = new CellKeys('main');

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, producerConnectionOptions());
    await redis.connect();
    tenantKey = (await new ApiKeys(redis, keys).issue({ tenantId: 'acme', environment: 'test' })).text;
    flow = new RunFlow({ redisUrl: server.url, keys, connection: producerConnectionOptions() });
    await flow.connect();
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-admin-'));
    api = await spawnApp('api', { ...(await settings()), LEADGEN_ADMIN_PORT: '0' });
  });

  afterAll(async () => {
    await api.stop();
    await flow.close();
    await closeRedis(redis);
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  async function settings(): Promise<Record<string, string>> {
    const user = async (name: string, role: 'viewer' | 'operator') =>
      opsUserEntry({ name, role, passwordHash: await hashOpsPassword(`${name}'s password`) });
    return {
      REDIS_URL: server.url,
      LEADGEN_API_PORT: '0',
      LEADGEN_DATA_DIR: dataDir,
      LEADGEN_OPS_USERS: [await user('vera', 'viewer'), await user('otto', 'operator')].join(','),
    };
  }

  const basic = (name: string, password = `${name}'s password`): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${String(api.ready.adminUrl)}${path}`, init);
  const board = (path: string, init: RequestInit = {}): Promise<Response> => ask(`/ops/queues${path}`, init);
  const change = (name: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
    board(path, { method: 'PUT', headers: { ...basic(name), ...headers } });

  async function shown(name: string, query = ''): Promise<ShownQueue[]> {
    const response = await board(`/api/queues${query}`, { headers: basic(name) });
    return ((await response.json()) as { queues: ShownQueue[] }).queues;
  }

  it.each(['', '/', '/static/css/main.88d71b4bd7.css', '/api/queues', '/api/queues/normalize/x'])(
    'asks for a password before it shows anything: %s',
    async (path) => {
      for (const headers of [{}, basic('otto', 'wrong'), { authorization: `Bearer ${tenantKey}` }]) {
        const response = await board(path, { headers, redirect: 'manual' });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
        expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
      }
    },
  );

  it('takes no key of a tenant in whatever place, and the tenants’ port has no such route', async () => {
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    for (const text of [`${tenantKey}:`, `otto:${tenantKey}`, `${tenantKey}:${tenantKey}`]) {
      const response = await board('/api/queues', { headers: { authorization: `Basic ${encoded(text)}` } });
      expect(response.status).toBe(401);
    }
    const headers = { authorization: `Bearer ${tenantKey}` };
    for (const path of ['/ops/queues', '/ops/queues/api/queues', '/ops/vendors']) {
      expect((await fetch(`${String(api.ready.url)}${path}`, { headers })).status).toBe(404);
      const withPassword = await fetch(`${String(api.ready.url)}${path}`, { headers: basic('otto') });
      expect([401, 404]).toContain(withPassword.status);
    }
    expect((await ask('/api/orchestrations', { headers: basic('otto') })).status).toBe(404);
  });

  it('serves a page that may load its own scripts and nothing else, and is kept nowhere', async () => {
    const response = await board('/', { headers: basic('vera') });
    expect(response.status).toBe(200);
    const page = await response.text();
    const csp = response.headers.get('content-security-policy');
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-powered-by')).toBeNull();
    const scripts = [...page.matchAll(/<script defer src="([^"]+)"/g)].map(([, src]) => src);
    expect(scripts.length).toBeGreaterThan(0);
    for (const src of scripts) {
      const script = await board(`/${src}`, { headers: basic('vera') });
      expect(script.status).toBe(200);
      expect(script.headers.get('content-type')).toMatch(/javascript/);
    }
    // No script of the page is inline: the one without a source holds data.
    expect([...page.matchAll(/<script(?![^>]*(src=|type="application\/json"))[^>]*>/g)]).toHaveLength(0);
  });

  it('shows the figures of its own process to whoever has a password, as Prometheus would read them', async () => {
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', { headers: { authorization: `Bearer ${tenantKey}` } })).status).toBe(401);
    const response = await ask('/metrics', { headers: basic('vera') });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    const shown = parseExposition(text);
    expect(shown.sum('leadgen_redis_up')).toBe(1);
    expect(shown.has('leadgen_runs_ended_total')).toBe(true);
    // Of the cell tells the leader, which is no API.
    expect(shown.has('leadgen_leader')).toBe(false);
    expect(text).not.toMatch(/acme|otto|vera/);
  });

  it('lists the queues of the stages, and lanes as their caps come into use', async () => {
    const names = (queues: ShownQueue[]): string[] => queues.map(({ name }) => name);
    expect(names(await shown('vera'))).toEqual(['normalize', 'enrich', 'export', 'hold', 'webhook']);
    await redis.zadd(keys.caps(), Date.now(), 'sim-acme');
    await waitUntil(async () => names(await shown('vera')).includes('enrich.sim-acme'), {
      timeoutMs: 10_000,
      what: 'the new lane is listed',
    });
    expect(names(await shown('otto'))).toContain('enrich.sim-acme');
  });

  it('is read-only for viewers, and for everybody on all queues but that of normalize', async () => {
    expect((await shown('vera')).filter(({ readOnlyMode }) => !readOnlyMode)).toHaveLength(0);
    const writable = (await shown('otto')).filter(({ readOnlyMode }) => !readOnlyMode);
    expect(writable.map(({ name }) => name)).toEqual(['normalize']);

    for (const path of [
      '/api/queues/enrich/pause',
      '/api/queues/export/empty',
      '/api/queues/enrich.sim-acme/rate-limit/release',
      '/api/queues/normalize/obliterate',
      '/api/queues/pause',
    ]) {
      const refused = await change('otto', path);
      expect([path, refused.status]).toEqual([path, 403]);
    }
    const post = await board('/api/queues/enrich/add', {
      method: 'POST',
      headers: { ...basic('otto'), 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', data: {}, options: {} }),
    });
    expect(post.status).toBe(403);
    expect((await change('vera', '/api/queues/normalize/pause')).status).toBe(403);
    expect(await redis.hget(`${keys.bullPrefix()}:normalize:meta`, 'paused')).toBeNull();
  });

  it('refuses what another page asks for in an operator’s name', async () => {
    const { host } = new URL(String(api.ready.adminUrl));
    const path = '/api/queues/normalize/pause';
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: `http://${host}`, 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await change('otto', path, headers)).status).toBe(403);
    }
    expect(await redis.hget(`${keys.bullPrefix()}:normalize:meta`, 'paused')).toBeNull();
  });

  it('lets an operator do what is listed, and writes down who did it', async () => {
    const { host } = new URL(String(api.ready.adminUrl));
    const headers = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await change('otto', '/api/queues/normalize/pause', headers)).status).toBe(200);
    expect(await redis.hget(`${keys.bullPrefix()}:normalize:meta`, 'paused')).toBe('1');
    expect((await change('otto', '/api/queues/normalize/resume')).status).toBe(200);
    expect(await redis.hget(`${keys.bullPrefix()}:normalize:meta`, 'paused')).toBeNull();
    const { entries } = await new AuditLog(redis, keys).read({ limit: 2 });
    expect(entries).toMatchObject([
      { actor: 'ops:otto', action: 'queue.resumed', target: 'normalize', tenantId: null },
      { actor: 'ops:otto', action: 'queue.paused', target: 'normalize', tenantId: null },
    ]);
  });

  it('shows of a job its ids, and nothing else that it may hold', async () => {
    await flow.addRun(RUN);
    const jobKey = `${keys.bullPrefix()}:normalize:normalize-${RUN.runId}`;
    await redis.hset(jobKey, {
      data: JSON.stringify({ v: 1, ...RUN, secret: CANARY, companyId: { deep: CANARY } }),
      returnvalue: JSON.stringify({ mail: CANARY }),
      failedReason: `internal: could not write to ${CANARY}`,
      stacktrace: JSON.stringify([`Error: ${CANARY}\n    at secret.ts`]),
    });
    const [normalize] = await shown(
      'otto',
      '?activeQueue=normalize&status=prioritized&page=1&jobsPerPage=10',
    );
    const single = await board(`/api/queues/normalize/normalize-${RUN.runId}`, { headers: basic('otto') });
    const tree = await board(`/api/queues/export/export-${RUN.runId}/flow`, { headers: basic('otto') });
    const texts = [JSON.stringify(normalize), await single.text(), await tree.text()];
    expect(normalize?.jobs[0]).toMatchObject({
      id: `normalize-${RUN.runId}`,
      data: { v: 1, ...RUN, secret: '[redacted]', companyId: '[redacted]' },
      returnValue: '[redacted]',
      stacktrace: [],
    });
    expect(tree.status).toBe(200);
    for (const text of texts) {
      expect(text).toContain(`normalize-${RUN.runId}`);
      expect(text).not.toContain(CANARY);
    }
  });

  describe('vendors', () => {
    const vendors = (path: string, name: string, method = 'GET', body?: unknown): Promise<Response> =>
      ask(`/ops/vendors${path}`, {
        method,
        headers: { ...basic(name), 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const last = async (): Promise<unknown> =>
      (await new AuditLog(redis, keys).read({ limit: 1 })).entries[0];

    it('are shown with their caps, those of tenants’ own credentials too', async () => {
      await redis.zadd(keys.caps(), Date.now(), 'tavily.acme');
      const { data } = (await (await vendors('', 'vera')).json()) as { data: CapView[] };
      const caps = data.map(({ cap }) => cap);
      expect(caps).toEqual(expect.arrayContaining(['tavily', 'hunter', 'tavily.acme']));
      expect(data.find(({ cap }) => cap === 'tavily.acme')).toMatchObject({
        vendor: 'tavily',
        simulated: false,
        closed_for_ms: 0,
        breaker: 'closed',
        waiters: { waiting: 0, in_hand: 0 },
      });
      expect((await vendors('/no-such-cap', 'vera')).status).toBe(404);
    });

    it('are closed and opened by operators only, on record with what was before', async () => {
      expect((await vendors('/tavily/close', 'vera', 'POST', { for_s: 600, why: 'x' })).status).toBe(403);
      const closed = await vendors('/tavily/close', 'otto', 'POST', { for_s: 600, why: 'maintenance' });
      expect(closed.status).toBe(200);
      const view = (await closed.json()) as CapView;
      expect(view).toMatchObject({ closed_why: 'maintenance' });
      expect(view.closed_for_ms).toBeGreaterThan(590_000);
      expect(await last()).toMatchObject({
        actor: 'ops:otto',
        action: 'vendor.closed',
        target: 'tavily',
        details: { why: 'maintenance', for_ms: 600_000, before_closed_for_ms: 0, changed: true },
      });
      expect(await (await vendors('/tavily/reopen', 'otto', 'POST')).json()).toMatchObject({
        closed_for_ms: 0,
      });
      expect(await last()).toMatchObject({ action: 'vendor.reopened', details: { changed: true } });
    });

    it.each([
      [{ why: 'x' }, /either for_s or until/],
      [{ for_s: 5, until: '2999-01-01T00:00:00Z', why: 'x' }, /either for_s or until/],
      [{ until: '2001-01-01T00:00:00Z', why: 'x' }, /31 days/],
      [{ for_s: 0, why: 'x' }, /for_s/],
      [{ for_s: 5 }, /why/],
      [{ for_s: 5, why: 'x', cap: 'hunter' }, /cap/],
    ])('are not closed by %j', async (body, message) => {
      const response = await vendors('/tavily/close', 'otto', 'POST', body);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { detail: string }).detail).toMatch(message);
    });

    it('have limits that an operator changes and takes back, and nobody else', async () => {
      const [declared] = ((await (await vendors('/tavily', 'vera')).json()) as CapView).windows;
      const path = `/tavily/windows/${declared?.name}/limit`;
      expect((await vendors(path, 'vera', 'PUT', { limit: 7 })).status).toBe(403);
      for (const limit of [0, 1.5, '7', null, 1e9]) {
        expect((await vendors(path, 'otto', 'PUT', { limit })).status).toBe(400);
      }
      expect((await vendors('/tavily/windows/nope/limit', 'otto', 'PUT', { limit: 7 })).status).toBe(404);
      const changed = (await (await vendors(path, 'otto', 'PUT', { limit: 7 })).json()) as CapView;
      expect(changed.windows[0]).toMatchObject({ limit: 7, declared: declared?.declared, set: 7 });
      expect(await last()).toMatchObject({
        action: 'vendor.limit_changed',
        details: { window: declared?.name, before: declared?.declared, after: 7 },
      });
      const back = (await (await vendors(path, 'otto', 'DELETE')).json()) as CapView;
      expect(back.windows[0]).toMatchObject({ limit: declared?.declared, set: null });
      expect(await last()).toMatchObject({ details: { before: 7, after: declared?.declared } });
    });

    it('serve tenants by weights that an operator changes, on record for the tenant', async () => {
      const weight = (method: string, tenant: string, body?: unknown): Promise<Response> =>
        ask(`/ops/tenants/${tenant}/weight`, {
          method,
          headers: { ...basic('otto'), 'content-type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      expect(await (await weight('PUT', 'acme', { weight: 2.5 })).json()).toEqual({
        tenant_id: 'acme',
        weight: 2.5,
        declared: 1,
        set: 2.5,
      });
      expect(await last()).toMatchObject({
        tenantId: 'acme',
        action: 'tenant.weight_changed',
        details: { before: 1, after: 2.5 },
      });
      const listed = await ask('/ops/tenants/weights', { headers: basic('vera') });
      expect(await listed.json()).toMatchObject({ data: [{ tenant_id: 'acme', weight: 2.5 }] });
      expect(await (await weight('DELETE', 'acme')).json()).toMatchObject({ weight: 1, set: null });
      expect((await weight('PUT', 'a:b', { weight: 1 })).status).toBe(400);
      expect((await weight('PUT', 'acme', { weight: -1 })).status).toBe(400);
    });
  });

  it('stops listening to an address that sends wrong passwords', async () => {
    // A process of its own: the others' address is the same.
    const other = await spawnApp('api', { ...(await settings()), LEADGEN_ADMIN_PORT: '0' });
    try {
      const login = (password?: string): Promise<Response> =>
        fetch(`${String(other.ready.adminUrl)}/ops/queues/api/queues`, { headers: basic('otto', password) });
      for (let i = 0; i < 10; i += 1) expect((await login(`guess ${i}`)).status).toBe(401);
      const limited = await login();
      expect(limited.status).toBe(429);
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await limited.json()).toMatchObject({ code: 'rate_limited' });
    } finally {
      await other.stop();
    }
  });

  it('is not there unless a port is set, and does not start where nobody may use it', async () => {
    const without = await spawnApp('api', await settings());
    expect(without.ready.adminUrl).toBeUndefined();
    await without.stop();
    const nobody = { ...(await settings()), LEADGEN_ADMIN_PORT: '0', LEADGEN_OPS_USERS: '' };
    await expect(spawnApp('api', nobody)).rejects.toThrow(/LEADGEN_OPS_USERS names nobody/);
    await expect(
      spawnApp('api', { ...nobody, LEADGEN_OPS_USERS: 'otto:operator:plaintext' }),
    ).rejects.toThrow(/the hash of otto is none/);
  });
});
