import { Queue } from 'bullmq';
import { useTestRedis } from '#libs/testing';
import { Lanes } from '../lanes/lanes';
import { QueueReadings } from './queue-readings';
import type { QueueSnapshot } from './queue-standing';

describe('what is read of BullMQ’s own structures', () => {
  const used = useTestRedis();
  let queue: Queue;

  beforeEach(() => {
    queue = new Queue('enrich', { connection: used.redis, prefix: used.keys.bullPrefix() });
  });
  afterEach(() => queue.close());

  const read = async (name = 'enrich'): Promise<QueueSnapshot | undefined> => {
    const [seconds] = await used.redis.time();
    return (await new QueueReadings(used.redis, used.keys).read([name], Number(seconds) * 1_000 + 999))[0];
  };

  it('is nothing of a queue that is not there', async () => {
    expect(await read('enrich.nobody')).toMatchObject({ ready: 0, isClosed: false, next: [], active: [] });
  });

  it('is what waits, with or without a priority, and what was delayed and is due; not what is delayed yet', async () => {
    await queue.add('j', {}, { jobId: 'plain' });
    await queue.add('j', {}, { jobId: 'first', priority: 5 });
    await queue.add('j', {}, { jobId: 'later', delay: 600_000 });
    await queue.add('j', {}, { jobId: 'due', delay: 1 });
    const [seconds] = await used.redis.time();
    const inASecond = Number(seconds) * 1_000 + 2_000;
    const [snapshot] = await new QueueReadings(used.redis, used.keys).read(['enrich'], inASecond);
    expect(snapshot?.ready).toBe(3);
    expect(snapshot?.next.map(({ id }) => id)).toEqual(['plain', 'first']);
    expect(snapshot?.next[0]?.startedMs).toBeNull();
    expect(Math.abs((snapshot?.next[0]?.addedMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is a bounded look, however long the queue', async () => {
    await queue.addBulk(
      Array.from({ length: 500 }, (_, i) => ({ name: 'j', data: {}, opts: { jobId: `j${i}` } })),
    );
    const snapshot = await read();
    expect(snapshot?.ready).toBe(500);
    expect(snapshot?.next).toHaveLength(10);
    expect(snapshot?.next.map(({ id }) => id)).toContain('j0');
  });

  it('is closed where a person has paused it, or a cap its lane, until that is over', async () => {
    await queue.pause();
    expect((await read())?.isClosed).toBe(true);
    await queue.resume();
    expect((await read())?.isClosed).toBe(false);
    const lanes = new Lanes(used.redis, used.keys.bullPrefix());
    await lanes.makeClosable('sonar');
    expect((await read('enrich.sonar'))?.isClosed).toBe(false);
    await lanes.close('sonar', 60_000);
    expect((await read('enrich.sonar'))?.isClosed).toBe(true);
    await lanes.reopen('sonar');
    expect((await read('enrich.sonar'))?.isClosed).toBe(false);
    await lanes.disconnect();
  });
});
