import { useTestRedis } from '#libs/testing';
import { WorkerRegistry } from './worker-registry';

describe('WorkerRegistry on a real Redis', () => {
  const cell = useTestRedis();
  let workers: WorkerRegistry;

  beforeEach(() => {
    workers = new WorkerRegistry(cell.redis, cell.keys);
  });

  it('knows who is alive in a stage, and how their clocks are', async () => {
    await workers.beat('enrich', 'one', 12.4);
    await workers.beat('enrich', 'two', -7_000);
    await workers.beat('enrich', 'one', 2_500);
    await workers.beat('export', 'three', 0);
    expect(await workers.count('enrich')).toBe(2);
    expect(await workers.list('enrich')).toEqual([
      { instance: 'one', skewMs: 2_500 },
      { instance: 'two', skewMs: -7_000 },
    ]);
  });

  it('forgets who leaves, and who has not been heard of', async () => {
    await workers.beat('enrich', 'gone', 1);
    await workers.beat('enrich', 'silent', 1);
    await workers.beat('enrich', 'alive', 1);
    await workers.leave('enrich', 'gone');
    await cell.redis.zadd(cell.keys.workers('enrich'), 1_000, 'silent');
    expect(await workers.count('enrich')).toBe(1);
    expect(await workers.list('enrich')).toEqual([{ instance: 'alive', skewMs: 1 }]);
    for (const key of [cell.keys.workers('enrich'), cell.keys.workerSkews('enrich')])
      expect(await cell.redis.ttl(key)).toBeGreaterThan(0);
  });
});
