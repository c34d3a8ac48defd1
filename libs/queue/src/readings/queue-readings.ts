import type { CellKeys, RedisClient } from '#libs/redis';
import type { JobTimes, QueueSnapshot } from './queue-standing';

/** Jobs looked at of each kind: a queue may hold hundreds of thousands. */
const LOOKED_AT = 10;
/** BullMQ keeps a delayed job by when it is due, ms, times this, and a counter. */
const DELAYED_SCALE = 0x1000;
/** A queue that is closed holds more than any limit, see `Lanes`. */
const CLOSED_FROM = 1_000_000_000;

type Replies = [error: Error | null, result: unknown][];

/** Reads BullMQ's own structures of any number of queues in two round trips, and a bounded part of each. */
export class QueueReadings {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async read(queues: readonly string[], nowMs: number): Promise<QueueSnapshot[]> {
    const counts = await this.counts(queues, nowMs);
    const jobs = await this.times(
      counts.flatMap(({ queue, next, active }) => named(queue, [...next, ...active])),
    );
    const timesOf = (queue: string, ids: readonly string[]): JobTimes[] =>
      ids.flatMap((id) => jobs.get(`${queue}/${id}`) ?? []);
    return counts.map(({ queue, next, active, ...counted }) => ({
      queue,
      nowMs,
      ...counted,
      next: timesOf(queue, next),
      active: timesOf(queue, active),
    }));
  }

  private async counts(
    queues: readonly string[],
    nowMs: number,
  ): Promise<{ queue: string; ready: number; isClosed: boolean; next: string[]; active: string[] }[]> {
    const pipeline = this.redis.pipeline();
    for (const queue of queues) {
      const key = (part: Parameters<CellKeys['queue']>[1]): string => this.keys.queue(queue, part);
      pipeline
        .llen(key('wait'))
        .zcard(key('prioritized'))
        .zcount(key('delayed'), '-inf', (nowMs + 1) * DELAYED_SCALE - 1)
        .lrange(key('wait'), -LOOKED_AT, -1)
        .zrange(key('prioritized'), '0', String(LOOKED_AT - 1))
        .lrange(key('active'), -LOOKED_AT, -1)
        .hget(key('meta'), 'paused')
        .get(key('limiter'))
        .pttl(key('limiter'));
    }
    const results = resultsOf(await pipeline.exec());
    return queues.map((queue, i) => {
      const [wait, prioritized, due, oldest, first, active, paused, limiter, limiterMs] = results.slice(
        i * 9,
        i * 9 + 9,
      );
      const isShut = Number(limiter ?? 0) >= CLOSED_FROM && Number(limiterMs) > 0;
      return {
        queue,
        ready: Number(wait) + Number(prioritized) + Number(due),
        isClosed: paused === '1' || isShut,
        next: [...(oldest as string[]), ...(first as string[])],
        active: active as string[],
      };
    });
  }

  private async times(jobs: readonly { queue: string; id: string }[]): Promise<Map<string, JobTimes>> {
    const pipeline = this.redis.pipeline();
    for (const { queue, id } of jobs) {
      pipeline.hmget(`${this.keys.queue(queue, '')}${id}`, 'timestamp', 'delay', 'processedOn');
    }
    const results = jobs.length === 0 ? [] : resultsOf(await pipeline.exec());
    const times = new Map<string, JobTimes>();
    for (const [i, { queue, id }] of jobs.entries()) {
      const [added, delay, started] = results[i] as (string | null)[];
      // It was done between the two looks.
      if (added === null || added === undefined) continue;
      times.set(`${queue}/${id}`, {
        id,
        addedMs: Number(added),
        delayMs: Number(delay ?? 0),
        startedMs: started === null || started === undefined ? null : Number(started),
      });
    }
    return times;
  }
}

function named(queue: string, ids: readonly string[]): { queue: string; id: string }[] {
  return ids.map((id) => ({ queue, id }));
}

/** Throws what any of the commands answered as an error. */
function resultsOf(replies: Replies | null): unknown[] {
  return (replies ?? []).map(([error, result]) => {
    if (error) throw error;
    return result;
  });
}
