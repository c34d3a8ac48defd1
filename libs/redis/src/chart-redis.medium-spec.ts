import { waitUntil } from '#libs/testing';
import { ChartPods } from '../test/chart-pods';
import { closeRedis, createRedis, workerConnectionOptions, type RedisClient } from './connections';

const TIMEOUT_MS = 40_000;

describe('the three Redis pods of the chart, as its scripts start them', () => {
  let pods: ChartPods;

  beforeAll(async () => {
    pods = await ChartPods.make();
  });
  afterAll(() => pods.remove());

  async function ask<T>(url: string, question: (redis: RedisClient) => Promise<T>): Promise<T> {
    const redis = createRedis(url, {
      ...workerConnectionOptions(),
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      await closeRedis(redis);
    }
  }

  const until = (what: string, holds: () => Promise<boolean>): Promise<void> =>
    waitUntil(() => holds().catch(() => false), { timeoutMs: TIMEOUT_MS, what });
  const role = (pod: number): Promise<string | undefined> =>
    ask(pods.urlOf(pod), async (redis) => /^role:(\w+)/m.exec(await redis.info('replication'))?.[1]);
  const answering = (): Promise<void> =>
    until('every Redis answers', async () => {
      await Promise.all([0, 1, 2].map(role));
      return true;
    });
  const written = (key: string): Promise<void> =>
    until(`${key} is written`, () =>
      ask(pods.url, async (redis) => (await redis.set(key, 'kept')).length > 0),
    );
  const read = (pod: number, key: string): Promise<string | null> =>
    ask(pods.urlOf(pod), (redis) => redis.get(key));
  const primary = async (): Promise<number> => {
    const roles = await Promise.all([0, 1, 2].map((pod) => role(pod).catch(() => 'gone')));
    return roles.filter((of) => of === 'master').length === 1 ? roles.indexOf('master') : -1;
  };
  /** Each Sentinel knows both replicas and both other Sentinels. */
  const watched = (): Promise<void> =>
    until('the Sentinels know everybody', async () => {
      const known = await Promise.all(
        [0, 1, 2].map((pod) =>
          ask(pods.urlOf(pod, 'sentinel'), async (redis) => {
            const lists = await Promise.all(
              ['replicas', 'sentinels'].map((of) => redis.call('SENTINEL', of, 'leadgen')),
            );
            return lists.map((list) => (list as unknown[]).length).join();
          }),
        ),
      );
      return known.every((counts) => counts === '2,2');
    });

  it('begin with the first as primary, go on with another when it is killed, take it back as a replica, and find the primary again after all were killed', async () => {
    await pods.startAll(answering);
    await watched();
    expect(await primary()).toBe(0);
    await written('before');
    // Replicas hear of a write after it was answered: what none has heard of goes with its primary.
    await until('the replicas have it', async () =>
      (await Promise.all([1, 2].map((pod) => read(pod, 'before')))).every((value) => value === 'kept'),
    );

    await pods.stop(0, 'redis', 'SIGKILL');
    await written('after');
    const next = await successor();
    expect(next).toBeGreaterThan(0);

    await pods.start(0, 'redis');
    await until('the first follows the new primary', async () => (await role(0)) === 'slave');
    await until('and has what was written meanwhile', async () => (await read(0, 'after')) === 'kept');

    await pods.stopAll('SIGKILL');
    await pods.startAll(answering);
    await until('one is primary', async () => (await primary()) !== -1);
    expect(await primary()).toBe(next);
    await written('later');
    for (const key of ['before', 'after', 'later']) expect(await read(next, key)).toBe('kept');
  });

  async function successor(): Promise<number> {
    const roles = await Promise.all([1, 2].map(role));
    return roles.indexOf('master') + 1;
  }
});
