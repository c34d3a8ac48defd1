import {
  closeRedis,
  createBusyRedis,
  createRedis,
  joinDefined,
  shareDefined,
  workerConnectionOptions,
  type RedisClient,
} from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';

/** As a library would write it: what needs the keys, then its functions, which see that, then what is to be done. */
const APPEND = `
-- Appends ARGV[1] to KEYS[1], and says what there is now.
local key = KEYS[1]
local rcall = redis.call
local times
local function now(more)
  times = (times or 0) + 1
  return { rcall("GET", key), times == 1 and more }
end
rcall("APPEND", key, ARGV[1])
return now(ARGV[2])
`;
/** Its function mentions the keys: nothing of it can be made in advance. */
const COUNT = `
local function by()
  return tonumber(ARGV[1])
end
return redis.call("INCRBY", KEYS[1], by())
`;

/** Its function counts how often it runs, and fails where there is no number; what is read is counted by its own tables. */
const READ = `
local function counted(key, by)
  return redis.call("INCRBY", key, by)
end
local count = counted(KEYS[1], ARGV[1])
local read = cjson.decode(ARGV[2])
read.times = (read.times or 0) + 1
return { count, read.name, read.times }
`;
/** All of its functions run for every call. */
const ALWAYS = { once: [] };

type Defined = (args: unknown[]) => Promise<unknown>;

describe('Lua commands that a library has defined on a connection to a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;

  beforeAll(async () => {
    server = await startTestRedis();
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    redis = createBusyRedis(server.url);
    await redis.connect();
    await redis.flushall();
    defineAll(redis);
  });

  afterEach(() => closeRedis(redis));

  function defineAll(connection: RedisClient): void {
    connection.defineCommand('append:1.2.3', { numberOfKeys: 1, lua: APPEND });
    connection.defineCommand('count:1.2.3', { numberOfKeys: 1, lua: COUNT });
    connection.defineCommand('read:1.2.3', { numberOfKeys: 1, lua: READ });
  }

  const commands = (): Record<string, Defined> => redis as unknown as Record<string, Defined>;
  const append = (...args: unknown[]): Promise<unknown> =>
    commands()['append:1.2.3']?.(args) as Promise<unknown>;
  const count = (...args: unknown[]): Promise<unknown> =>
    commands()['count:1.2.3']?.(args) as Promise<unknown>;
  const scriptsRun = async (): Promise<number> => {
    const stats = await redis.info('commandstats');
    return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  };

  it('share commands once they are told to, and each call hears its own end', async () => {
    shareDefined(redis, { append: ALWAYS, count: ALWAYS });
    await Promise.all([append('a', 'x'), count('n', 0)]);
    const before = await scriptsRun();
    const [texts, numbers] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, (_, i) => append(`t${i}`, `x${i}`, i))),
      Promise.all(Array.from({ length: 50 }, () => count('n', 2))),
    ]);
    expect(texts).toEqual(Array.from({ length: 50 }, (_, i) => [`x${i}`, String(i)]));
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => 2 * (i + 1)));
    expect((await scriptsRun()) - before).toBeLessThan(10);
  });

  it('do once per command what may be done once, for each it is asked about, and what failed again', async () => {
    shareDefined(redis, { read: { once: ['counted', 'cjson.decode'] } });
    await redis.set('text', 'not a number');
    const read = (...args: unknown[]): Promise<unknown> =>
      commands()['read:1.2.3']?.(args) as Promise<unknown>;
    const asked = [
      read('n', 1, '{"name":"a"}'),
      read('text', 1, '{"name":"a"}'),
      read('n', 1, '{"name":"b"}'),
      read('m', 1, '{"name":"a"}'),
      read('n', 5, '{"name":"a"}'),
      read('text', 1, '{"name":"a"}'),
      read('n', 1, '{"name":"a"}'),
    ];
    const ended = await Promise.allSettled(asked);
    const refused = expect.objectContaining({
      message: expect.stringContaining('not an integer') as string,
    }) as Error;
    expect(ended.map((end) => (end.status === 'fulfilled' ? end.value : end.reason) as unknown)).toEqual([
      [1, 'a', 1],
      refused,
      [1, 'b', 1],
      [1, 'a', 2],
      [6, 'a', 3],
      refused,
      [1, 'a', 4],
    ]);
    expect(await redis.mget('n', 'm')).toEqual(['6', '1']);
    expect(await read('n', 1, '{"name":"a"}')).toEqual([7, 'a', 1]);
  });

  it('run without what is to be left out of their text', async () => {
    shareDefined(redis, { append: { once: [], without: [/rcall\("APPEND", [^()]*\)/g] } });
    expect(await append('a', 'x', 'more')).toEqual([null, 'more']);
    expect(await redis.exists('a')).toBe(0);
  });

  it('get bytes as they are, and an empty text for nothing', async () => {
    shareDefined(redis, { append: ALWAYS });
    const bytes = Buffer.from([0x81, 0x00, 0xff, 0x0a]);
    await Promise.all([append('bytes', bytes), append('bytes', bytes), append('nothing', null)]);
    expect(await redis.getBuffer('bytes')).toEqual(Buffer.concat([bytes, bytes]));
    expect(await append('nothing', 'x', undefined)).toEqual(['x', '']);
  });

  it('fail alone', async () => {
    shareDefined(redis, { count: ALWAYS });
    await redis.set('text', 'not a number');
    const ended = await Promise.allSettled([count('n', 1), count('text', 1), count('n', 1)]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await redis.get('n')).toBe('2');
  });

  it('are left alone under other names, and where nobody has defined them', async () => {
    shareDefined(redis, { app: ALWAYS, gone: ALWAYS });
    expect(await append('a', 'x', 'y')).toEqual(['x', 'y']);
  });

  it('stay in the pipeline they are asked of', async () => {
    shareDefined(redis, { append: ALWAYS });
    const pipeline = redis.pipeline();
    void (pipeline as unknown as Record<string, Defined>)['append:1.2.3']?.(['a', 'x', 'y']);
    pipeline.set('a', 'after');
    expect(await pipeline.exec()).toEqual([
      [null, ['x', 'y']],
      [null, 'OK'],
    ]);
  });

  describe('joined in a transaction', () => {
    let fenced: RedisClient;

    beforeEach(async () => {
      fenced = createRedis(server.url, workerConnectionOptions());
      await fenced.connect();
      defineAll(fenced);
    });

    afterEach(() => closeRedis(fenced));

    const transaction = (): {
      multi: ReturnType<RedisClient['multi']>;
      ask: (name: string, ...args: unknown[]) => void;
    } => {
      const multi = joinDefined(fenced, { append: ALWAYS, count: ALWAYS }, () => fenced.multi());
      return {
        multi,
        ask: (name, ...args) => void (multi as unknown as Record<string, Defined>)[`${name}:1.2.3`]?.(args),
      };
    };

    it('leave as few commands, and are answered one by one', async () => {
      const before = await scriptsRun();
      const { multi, ask } = transaction();
      for (let i = 0; i < 100; i += 1) ask('count', 'n', 1);
      expect(await multi.exec()).toEqual(Array.from({ length: 100 }, (_, i) => [null, i + 1]));
      expect((await scriptsRun()) - before).toBe(4);
    });

    it('keep their order among whatever else is asked, and each its own error', async () => {
      const { multi, ask } = transaction();
      ask('append', 'a', 'x', 'first');
      ask('count', 'n', 5);
      ask('count', 'a', 1);
      ask('count', 'n', 1);
      multi.set('a', 'between');
      ask('append', 'a', '!', 'last');
      const results = await multi.exec();
      expect(results).toEqual([
        [null, ['x', 'first']],
        [null, 5],
        [
          expect.objectContaining({ message: expect.stringContaining('not an integer') as string }),
          undefined,
        ],
        [null, 6],
        [null, 'OK'],
        [null, ['between!', 'last']],
      ]);
    });

    it('are dropped together where a watched key has moved', async () => {
      await fenced.watch('fence');
      await redis.set('fence', 'moved');
      const { multi, ask } = transaction();
      ask('count', 'n', 1);
      ask('count', 'n', 1);
      expect(await multi.exec()).toBeNull();
      expect(await redis.exists('n')).toBe(0);
    });
  });
});
