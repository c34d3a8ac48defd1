import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedis } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { leadgen, ROOT } from '../../test/leadgen';
import type { CheckedLine } from './check';

describe('leadgen doctor', () => {
  let redis: TestRedis;
  let folder: string;

  beforeAll(async () => {
    redis = await startTestRedis();
    folder = await mkdtemp(join(tmpdir(), 'leadgen-doctor-'));
  });
  afterAll(async () => {
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  async function doctor(env: Record<string, string>, ...words: string[]) {
    const ended = await leadgen(['doctor', ...words], {
      cwd: folder,
      env: { ORCHESTRATOR_OFFLINE: '1', ...env },
    });
    const { checks } = ended.result as { checks?: CheckedLine[] };
    return { ...ended, statuses: Object.fromEntries((checks ?? []).map(({ id, status }) => [id, status])) };
  }

  it('says of a cell without workers and with wrong settings which lines fail, and ends with 1', async () => {
    const client = createRedis(redis.url, {});
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    const crontab = join(ROOT, 'scripts/cron.example');
    const ended = await doctor({ REDIS_URL: redis.url }, '--tenant-id', 'acme', '--crontab', crontab);
    expect(ended.exitCode).toBe(1);
    expect(ended.statuses).toMatchObject({
      node: 'ok',
      bullmq: 'ok',
      storage: 'ok',
      cron: 'ok',
      'vendor keys': 'ok',
      redis: 'ok',
      'redis version': 'ok',
      'redis eviction': 'fail',
      clock: 'ok',
      'workers normalize': 'fail',
      'workers enrich': 'fail',
      'workers export': 'fail',
      'cron runs': 'warn',
      checkpoints: 'unknown',
      chat: 'ok',
    });
    expect(ended.stderr).toMatch(/failed: .*redis eviction.*workers normalize/);
  });

  it('sees of a Redis that forbids CONFIG what INFO says, and says what it cannot see', async () => {
    const admin = createRedis(redis.url, {});
    const rights = '+@all -@admin -@dangerous +info'.split(' ');
    await admin.call('ACL', ['SETUSER', 'tenant', 'reset', 'on', '>managed-4f9c1b', '~*', '&*', ...rights]);
    admin.disconnect();
    const url = new URL(redis.url);
    [url.username, url.password] = ['tenant', 'managed-4f9c1b'];
    const { statuses, stdout } = await doctor({ REDIS_URL: url.href });
    expect(statuses).toMatchObject({
      redis: 'ok',
      'redis version': 'ok',
      'redis append-only file': 'fail',
      'redis lazy free': 'unknown',
      'redis memory': 'warn',
    });
    expect(stdout).toMatch(/this Redis does not show lazyfree-lazy-user-del/);
  });

  it('leaves out nothing that it cannot see, and says what would make it visible', async () => {
    const ended = await doctor({ ORCHESTRATOR_CHAT: '1' });
    expect(ended.exitCode).toBe(0);
    expect(ended.statuses).toMatchObject({
      redis: 'unknown',
      'cron runs': 'unknown',
      checkpoints: 'unknown',
      chat: 'unknown',
    });
    expect(ended.stdout).toMatch(/cannot verify from here: REDIS_URL is not set/);
  });

  it('counts a Redis that is down as a line that failed, not as the end of the checklist', async () => {
    const ended = await doctor({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect([ended.exitCode, ended.statuses.redis, ended.statuses.node]).toEqual([1, 'fail', 'ok']);
  });
});
