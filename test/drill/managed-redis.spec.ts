import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRedis } from '#libs/redis';
import {
  plainCompaniesCsv,
  runLeadgen,
  scrape,
  startTestCell,
  waitUntil,
  type SpawnedApp,
  type TestCell,
} from '#libs/testing';

/** As managed services give: everything but what administers the server (CONFIG, SYNC, KEYS, CLIENT LIST …). */
const RIGHTS = '+@all -@admin -@dangerous +info'.split(' ');
const PASSWORD = 'managed-4f9c1b';
const COMPANIES = 20;
const PATIENCE_MS = 120_000;

let cell: TestCell;
let env: Record<string, string>;
let normalize: SpawnedApp;
let api: SpawnedApp;

beforeAll(async () => {
  cell = await startTestCell({
    appendOnly: true,
    workers: { normalize: 0, enrich: 0, export: 0 },
    env: { LEADGEN_LOG_LEVEL: 'warn', LEADGEN_METRICS_PORT: '0' },
  });
  const admin = createRedis(cell.redis.url, {});
  await admin.call('ACL', ['SETUSER', 'tenant', 'reset', 'on', `>${PASSWORD}`, '~*', '&*', ...RIGHTS]);
  // What the server refuses from here on is counted by it, command by command.
  await admin.call('CONFIG', ['RESETSTAT']);
  admin.disconnect();
  const url = new URL(cell.redis.url);
  [url.username, url.password] = ['tenant', PASSWORD];
  env = { ...cell.env, REDIS_URL: url.href };
  const start = (app: string): Promise<SpawnedApp> =>
    cell.start(app, { REDIS_URL: url.href, LEADGEN_API_PORT: '0' });
  [normalize, , , api] = await Promise.all([
    start('normalize'),
    start('enrich'),
    start('export'),
    start('api'),
  ]);
});
afterAll(() => cell.stop());

describe('a Redis that forbids whatever administers it', () => {
  it('lets a key be made and a run come to its leads, by the command line and by the API', async () => {
    const made = await runLeadgen(['keys', 'create', '--tenant-id', 'acme'], env);
    expect(made.exitCode).toBe(0);
    const file = join(cell.dataDir, 'companies.csv');
    await writeFile(file, plainCompaniesCsv(COMPANIES));
    const words = ['run', '--tenant-id', 'acme', '--companies', file, '--icp-payload', '{}'];
    const run = await runLeadgen(words, env);
    expect([run.exitCode, run.last()]).toEqual([0, expect.objectContaining({ leads: COMPANIES })]);

    const { key } = made.last() as { key: string };
    const answer = await fetch(
      `${String(api.ready.url)}/api/orchestrations/${String(run.last().run_id)}/leads?limit=200`,
      { headers: { authorization: `Bearer ${key}` } },
    );
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(COMPANIES);
  });

  it('is looked after by the leader like any other', async () => {
    await waitUntil(async () => (await scrape(normalize)).has('leadgen_queue_runnable_jobs'), {
      timeoutMs: PATIENCE_MS,
      what: 'the leader tells of the queues',
    });
    const told = await scrape(normalize);
    expect(told.sum('leadgen_redis_persistence_ok')).toBe(1);
    for (const name of ['leadgen_workers', 'leadgen_runs_active', 'leadgen_redis_memory_used_ratio'])
      expect(told.has(name)).toBe(true);
  });

  it('has been asked for nothing that it forbids', async () => {
    // One that it does refuse, so that it is seen to count.
    const tenant = createRedis(env.REDIS_URL ?? '', {});
    await expect(tenant.config('GET', 'appendonly')).rejects.toThrow(/NOPERM/);
    tenant.disconnect();
    const admin = createRedis(cell.redis.url, {});
    const stats = await admin.info('commandstats');
    admin.disconnect();
    const refused = [...stats.matchAll(/^cmdstat_([^:]+):.*rejected_calls=([1-9]\d*)/gm)];
    expect(refused.map(([, command, count]) => `${command} ${count}`)).toEqual(['config|get 1']);
  });
});
