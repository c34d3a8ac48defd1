import { join } from 'node:path';
import { closeRedis, createBusyRedis, LuaScript, runTogether, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, '../test/lua', `${name}.lua`));
const countUp = script('count-up-1');
const appendAll = script('append-all-n');
const countShared = script('count-shared-1');

describe('scripts on a busy connection to a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createBusyRedis(server.url);
    await redis.connect();
  });

  beforeEach(() => redis.flushall());

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  const scriptsRun = async (): Promise<number> =>
    Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);

  it('of one turn share commands, and each call gets its own reply, in order', async () => {
    await countUp.run(redis, ['n'], [0]);
    const before = await scriptsRun();
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        countUp.run(redis, ['n'], [1, ...Array<string>(i % 3).fill('x')]),
      ),
    );
    expect(replies).toEqual(
      Array.from({ length: 100 }, (_, i) => [i + 1, `1 keys, ${1 + (i % 3)} arguments`]),
    );
    expect((await scriptsRun()) - before).toBeLessThan(10);
  });

  it('see their own keys and arguments only, however many they have', async () => {
    await Promise.all([
      appendAll.run(redis, ['a', 'b'], ['x', 'y', 'z']),
      appendAll.run(redis, [], ['lost']),
      appendAll.run(redis, ['c'], []),
      appendAll.run(redis, ['d'], ['w']),
    ]);
    expect(await redis.mget('a', 'b', 'c', 'd')).toEqual(['xyz', 'xyz', null, 'w']);
  });

  it.each([[0], [1], [126], [127], [128], [400]])(
    'see as much of lists of %i as of short ones',
    async (length) => {
      const list = (letter: string): string[] => Array<string>(length).fill(letter);
      const keys = (name: string): string[] => list(name).map((letter, i) => `${letter}${i}`);
      await Promise.all([
        appendAll.run(redis, ['a'], ['x']),
        appendAll.run(redis, ['a'], [...list('y'), 'z']),
        appendAll.run(redis, [...keys('b'), 'b'], ['x']),
        appendAll.run(redis, ['a'], ['x']),
        runTogether(redis, appendAll.call(keys('b'), ['p']), appendAll.call(['b'], list('q'))),
      ]);
      expect(await redis.get('a')).toBe(`x${'y'.repeat(length)}zx`);
      expect(await redis.get('b')).toBe(`x${'q'.repeat(length)}`);
      if (length > 0) expect(await redis.get(`b${length - 1}`)).toBe('xp');
    },
  );

  it('are read right however much differs from one call to the next', async () => {
    const calls = Array.from({ length: 64 }, (_, call) => ({
      keys: Array.from({ length: 126 }, (_key, i) => `k${(call + 1) * i}`),
      args: Array.from({ length: 126 }, (_arg, i) => `${call}-${i};`),
    }));
    await Promise.all(
      calls.map(({ keys, args }, call) => appendAll.run(redis, [`last${call}`, ...keys], args)),
    );
    expect(await redis.mget(calls.map((_call, i) => `last${i}`))).toEqual(
      calls.map(({ args }) => args.join('')),
    );
  });

  it('that run two at a time share commands, too', async () => {
    const pair = (): Promise<unknown> =>
      runTogether(redis, appendAll.call(['a'], ['x']), countUp.call(['n'], [1]));
    expect(await Promise.all([pair(), pair(), pair()])).toEqual([1, 2, 3]);
    expect(await redis.mget('a', 'n')).toEqual(['xxx', '3']);
  });

  it('fail alone: the others of the command go through', async () => {
    await redis.set('text', 'no number');
    const ends = await Promise.allSettled([
      countUp.run(redis, ['n'], [1]),
      countUp.run(redis, ['text'], [1]),
      appendAll.run(redis, ['a'], ['x']),
      appendAll.run(redis, ['a'], ['fail']),
      countUp.run(redis, ['n'], [1]),
    ]);
    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const reasons = ends.map((end) => (end.status === 'rejected' ? String(end.reason) : ''));
    expect(reasons[1]).toContain('not an integer');
    expect(reasons[3]).toContain('told to fail');
    expect(await redis.get('n')).toBe('2');
  });

  it('are loaded again by a Redis that has forgotten them', async () => {
    const two = (): Promise<unknown> =>
      Promise.all([countUp.run(redis, ['n'], [1]), countUp.run(redis, ['n'], [1])]);
    await two();
    await redis.script('FLUSH');
    await two();
    expect(await redis.get('n')).toBe('4');
  });

  it('all hear of it when Redis refuses the command', async () => {
    const full = new Error('OOM command not allowed');
    jest.spyOn(redis, 'call').mockRejectedValueOnce(full);
    const ends = await Promise.allSettled([countUp.run(redis, ['n'], [1]), countUp.run(redis, ['n'], [1])]);
    expect(ends).toEqual([
      { status: 'rejected', reason: full },
      { status: 'rejected', reason: full },
    ]);
  });

  describe('that share a hash', () => {
    const count = (by: number, how = ''): Promise<unknown> => countShared.run(redis, ['shared'], [by, how]);
    const stored = (): Promise<string | null> => redis.hget('shared', 'n');
    const commandsOf = async (name: string): Promise<number> =>
      Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(await redis.info('commandstats'))?.[1] ?? 0);

    it('read and write it once, and each sees what those before it did', async () => {
      await count(0);
      const before = [await commandsOf('hmget'), await commandsOf('hset')];
      expect(await Promise.all([count(1), count(2), count(3)])).toEqual([1, 3, 6]);
      expect([await commandsOf('hmget'), await commandsOf('hset')]).toEqual(before.map((n) => n + 1));
      expect(await stored()).toBe('6');
    });

    it('leave nothing of their own in it when they fail, alone or among others', async () => {
      await expect(count(100, 'fail')).rejects.toThrow('told to fail');
      expect(await stored()).toBeNull();
      const ends = await Promise.allSettled([count(1), count(100, 'fail'), count(1)]);
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await stored()).toBe('2');
    });

    it('go on from what Redis holds after one that failed when its part was written', async () => {
      const ends = await Promise.allSettled([count(1), count(10, 'write and fail'), count(1)]);
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(ends[2]).toMatchObject({ value: 12 });
      expect(await stored()).toBe('12');
    });
  });
});
