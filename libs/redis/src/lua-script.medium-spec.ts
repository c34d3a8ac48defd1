import { join } from 'node:path';
import { createRedis, LuaScript, runTogether, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, '../test/lua', `${name}.lua`));
const countUp = script('count-up-1');
const appendAll = script('append-all-n');

describe('Lua scripts on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
  });

  beforeEach(() => redis.flushall());

  afterAll(async () => {
    await redis.quit();
    await server.stop();
  });

  it('are loaded again by a Redis that has forgotten them', async () => {
    await countUp.run(redis, ['n'], [1]);
    await redis.script('FLUSH');
    expect(await countUp.run(redis, ['n'], [1])).toEqual([2, '1 keys, 1 arguments']);
  });

  it('take as many keys as their name says', () => {
    expect(() => countUp.call(['a', 'b'], [])).toThrow('count-up-1.lua takes 1 keys, got 2');
  });

  it('together see their own keys and arguments only, in order, and the first answers', async () => {
    const replies = await runTogether(
      redis,
      appendAll.call(['a', 'b'], ['x', 'y', 'z']),
      countUp.call(['n'], [5, 'more']),
    );
    expect(replies).toBe(3);
    expect(await redis.mget('a', 'b', 'n')).toEqual(['xyz', 'xyz', '5']);
  });

  it('together are loaded again, too', async () => {
    const calls = () => [countUp.call(['n'], [1]), appendAll.call(['a'], ['x'])] as const;
    await runTogether(redis, ...calls());
    await redis.script('FLUSH');
    expect(await runTogether(redis, ...calls())).toEqual([2, '1 keys, 1 arguments']);
  });

  it('together run as one: a second client never sees the one without the other', async () => {
    const other = createRedis(server.url, workerConnectionOptions());
    await other.connect();
    const seen: (string | null)[][] = [];
    for (let i = 0; i < 200; i += 1) {
      const [, values] = await Promise.all([
        runTogether(redis, countUp.call(['n'], [1]), countUp.call(['m'], [1])),
        other.mget('n', 'm'),
      ]);
      seen.push(values);
    }
    expect(seen.filter(([n, m]) => n !== m)).toEqual([]);
    await other.quit();
  });

  it('that fail come through as errors', async () => {
    await expect(
      runTogether(redis, countUp.call(['n'], [1]), appendAll.call(['a'], ['fail'])),
    ).rejects.toThrow('told to fail');
  });
});
