import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedis, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { leadgen, type Ended } from '../test/leadgen';
import { startOldRedis } from '../test/old-redis';

const SECRET = 'hunter-of-none';
let folder: string;
let redis: TestRedis;
let admin: RedisClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-wrong-redis-'));
  redis = await startTestRedis();
  admin = createRedis(redis.url, {});
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
  await rm(folder, { recursive: true });
});

const ask = (words: readonly string[], url: string): Promise<Ended> =>
  leadgen(words, { cwd: folder, env: { REDIS_URL: url } });
const RUN = ['run', '--tenant-id', 'acme'];
const COMMANDS = [RUN, ['runs'], ['keys', 'list', '--tenant-id', 'acme'], ['tenants', 'list']];
const changed = (change: (url: URL) => void): string => {
  const url = new URL(redis.url);
  change(url);
  return url.href;
};

function expectRefusal(ended: Ended, exitCode: number, code: string, fix: RegExp): void {
  expect(ended.stderr).toMatch(fix);
  expect(ended).toMatchObject({
    exitCode,
    result: { event: 'result', exit_code: exitCode, error: { code } },
  });
  expect(ended.stderr).not.toMatch(/\[ioredis\]|^ {4}at /m);
  expect(ended.stdout + ended.stderr).not.toContain(SECRET);
  expect(ended.ownMs).toBeLessThan(5_000);
}

describe('a REDIS_URL that does not fit the Redis there is an exit with 2 that names the fix:', () => {
  it.each(COMMANDS)('its password is wrong (%s)', async (...words) => {
    const url = changed((wrong) => (wrong.password = SECRET));
    expectRefusal(
      await ask(words, url),
      2,
      'config_invalid',
      /127\.0\.0\.1:\d+ does not take the password of REDIS_URL.*correct it, redis:\/\/:PASSWORD@127/,
    );
  });

  it('has no password', async () => {
    const url = changed((bare) => (bare.password = ''));
    expectRefusal(
      await ask(RUN, url),
      2,
      'config_invalid',
      /asks for a password.*redis:\/\/:PASSWORD@127.*REDIS_URL_FILE/,
    );
  });
});

describe('a Redis that a cell cannot live in is an exit with 69 that names the fix:', () => {
  it('says nothing to TLS', async () => {
    const url = redis.url.replace(/^redis:/, 'rediss:');
    expectRefusal(
      await ask(RUN, url),
      69,
      'redis_unreachable',
      /does not answer.*write redis:\/\/ for rediss:\/\/ in it if that port does not speak TLS/,
    );
  });

  it.each(COMMANDS)('is too old (%s)', async (...words) => {
    const old = await startOldRedis('5.0.7');
    const ended = await ask(words, old.url);
    old.stop();
    expectRefusal(
      ended,
      69,
      'redis_misconfigured',
      /Redis 5\.0\.7 is too old: version 6\.2 or later is needed/,
    );
  });

  it('is a replica', async () => {
    await admin.replicaof('127.0.0.1', 1);
    const ended = await ask(RUN, redis.url);
    await admin.replicaof('NO', 'ONE');
    expectRefusal(
      ended,
      69,
      'redis_misconfigured',
      /is a replica.*set REDIS_URL to its primary \(127\.0\.0\.1:1\)/,
    );
  });

  it('throws keys away when it is full: nothing is started there, but what is there can be looked at', async () => {
    await admin.config('SET', 'maxmemory', '100mb');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const ended = await ask(RUN, redis.url);
    const looking = await ask(['runs'], redis.url);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.config('SET', 'maxmemory', '0');
    expectRefusal(
      ended,
      69,
      'redis_misconfigured',
      /maxmemory-policy allkeys-lru.*set maxmemory-policy noeviction/,
    );
    expect(looking).toMatchObject({ exitCode: 0, result: { event: 'result', exit_code: 0 } });
  });
});
