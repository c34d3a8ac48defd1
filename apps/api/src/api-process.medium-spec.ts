import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '#libs/access';
import { CellKeys, closeRedis, createRedis, producerConnectionOptions } from '#libs/redis';
import { spawnApp, startTestRedis, waitUntil, type SpawnedApp, type TestRedis } from '#libs/testing';
import { RedisLink } from '../test/redis-link';

const OUTAGE_ANSWER_MS_MAX = 3_000;

describe('the API as a process whose Redis comes and goes', () => {
  let server: TestRedis;
  let link: RedisLink;
  let api: SpawnedApp;
  let dataDir: string;
  let headers: Record<string, string>;

  beforeAll(async () => {
    server = await startTestRedis();
    const redis = createRedis(server.url, producerConnectionOptions());
    await redis.connect();
    const { text } = await new ApiKeys(redis, new CellKeys('main')).issue({
      tenantId: 'acme',
      environment: 'test',
    });
    await closeRedis(redis);
    headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' };
    link = await RedisLink.to(server.url);
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
    api = await spawnApp('api', { REDIS_URL: link.url, LEADGEN_API_PORT: '0', LEADGEN_DATA_DIR: dataDir });
  });

  afterAll(async () => {
    await api.stop();
    await link.close();
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  const post = (init: RequestInit = {}): Promise<Response> =>
    fetch(`${String(api.ready.url)}/api/orchestrations`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ input: 'run full pipeline' }),
      ...init,
    });
  const health = async (which: 'live' | 'ready'): Promise<number> =>
    (await fetch(`${String(api.ready.url)}/health/${which}`)).status;

  it.each(['cut', 'silence'] as const)(
    'answers 503 with Retry-After within three seconds when Redis is gone (%s), stays live, and recovers by itself',
    async (how) => {
      expect((await post()).status).toBe(202);
      await link[how]();
      const started = performance.now();
      const refused = await post();
      expect(performance.now() - started).toBeLessThan(OUTAGE_ANSWER_MS_MAX);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ code: 'redis_unreachable', status: 503 });
      expect(await health('ready')).toBe(503);
      expect(await health('live')).toBe(200);

      await link.mend();
      await waitUntil(async () => (await health('ready')) === 200, {
        timeoutMs: 10_000,
        what: 'the API is ready again',
      });
      await waitUntil(async () => (await post()).status === 202, {
        timeoutMs: 20_000,
        what: 'a run is accepted again',
      });
    },
  );

  it('answers what it has accepted before it ends on SIGTERM, and ends with code 0', async () => {
    const second = await spawnApp('api', {
      REDIS_URL: link.url,
      LEADGEN_API_PORT: '0',
      LEADGEN_DATA_DIR: dataDir,
    });
    const url = `${String(second.ready.url)}/api/orchestrations`;
    const body = JSON.stringify({ input: 'run full pipeline' });
    const answers = Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(url, { method: 'POST', headers, body }).then(({ status }) => status),
      ),
    );
    await waitUntil(async () => (await fetch(`${String(second.ready.url)}/health/live`)).ok, {
      timeoutMs: 20_000,
      what: 'the requests are on their way',
    });
    second.signal('SIGTERM');
    expect(new Set(await answers)).toEqual(new Set([202]));
    expect(await second.exited).toBe(0);
  });
});
