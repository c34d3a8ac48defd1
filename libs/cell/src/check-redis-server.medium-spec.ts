import { createLogger } from '#libs/observability';
import { createRedis, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { checkRedisServer } from './check-redis-server';

/** As on a service that runs Redis for others. */
const MANAGED = '+@all -@admin -@dangerous +info';

describe('a Redis that is looked at when a process boots', () => {
  let redis: TestRedis;
  let admin: RedisClient;
  const opened: RedisClient[] = [];

  beforeAll(async () => {
    redis = await startTestRedis();
    admin = createRedis(redis.url, {});
  });
  afterEach(() => {
    for (const client of opened.splice(0)) client.disconnect();
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });

  /** A client of a user who may do that. */
  async function userWho(rights: string): Promise<RedisClient> {
    await admin.call('ACL', [
      'SETUSER',
      'tenant',
      'reset',
      'on',
      '>managed-4f9c1b',
      '~*',
      '&*',
      ...rights.split(' '),
    ]);
    const url = new URL(redis.url);
    [url.username, url.password] = ['tenant', 'managed-4f9c1b'];
    const client = createRedis(url.href, {});
    opened.push(client);
    return client;
  }

  async function warnings(client: RedisClient): Promise<string[]> {
    const logger = createLogger({ app: 'normalize', level: 'silent' });
    const warn = jest.spyOn(logger, 'warn').mockReturnValue(undefined);
    await checkRedisServer(client, logger);
    return warn.mock.calls.map((call) => JSON.stringify(call));
  }

  it('is warned of all the same where it forbids CONFIG: INFO says that it evicts, or keeps everything in memory only', async () => {
    const client = await userWho(MANAGED);
    await expect(client.config('GET', 'appendonly')).rejects.toThrow(/NOPERM/);
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await warnings(client)).toEqual([
      expect.stringMatching(/redis may evict runs \(maxmemory-policy allkeys-lru/),
      expect.stringMatching(/redis keeps runs in memory only/),
    ]);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('is refused where it forbids INFO, naming what to allow: the queues need it', async () => {
    await expect(warnings(await userWho('+@all -@admin -@dangerous'))).rejects.toMatchObject({
      code: 'redis_misconfigured',
      message: expect.stringMatching(/forbids INFO.*ACL SETUSER … \+info/) as string,
    });
  });
});
