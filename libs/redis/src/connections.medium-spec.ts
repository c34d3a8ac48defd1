import { closeRedis, createBusyRedis, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';

describe('a busy connection to a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createBusyRedis(server.url);
    await redis.connect();
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  const readsOfTheServer = async (): Promise<number> =>
    Number(/total_reads_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);

  const countUp = (times: number): Promise<number[]> =>
    Promise.all(Array.from({ length: times }, () => redis.incr('n')));

  it('sends the commands of one turn together, in their order', async () => {
    const before = await readsOfTheServer();
    expect(await countUp(200)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect((await readsOfTheServer()) - before).toBeLessThan(20);
  });

  it('does so again after it has reconnected', async () => {
    const closed = new Promise((resolve) => redis.once('close', resolve));
    redis.stream.destroy();
    await closed;
    expect(await countUp(3)).toEqual([201, 202, 203]);
    const before = await readsOfTheServer();
    await countUp(200);
    expect((await readsOfTheServer()) - before).toBeLessThan(20);
  });
});
