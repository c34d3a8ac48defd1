import { Queue } from 'bullmq';
import { walkQueue } from '#libs/contracts';
import type { RedisClient } from '#libs/redis';
import { ignoreReportedElsewhere } from '../ignore-reported-elsewhere';

/**
 * BullMQ looks at a queue's "closed until" only where the queue has a rate limit, so every lane has one that nothing
 * reaches: the gate counts, not the lane.
 */
const UNREACHABLE_LIMIT = { max: 1_000_000_000, durationMs: 1_000 };

/** The lanes as whoever adds jobs to them, closes or opens them sees them: one BullMQ queue per cap. */
export class Lanes {
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly redis: RedisClient,
    private readonly prefix: string,
  ) {}

  /** The queue of a cap's lane; `null`: of the stage itself. */
  queue(lane: string | null): Queue {
    const name = walkQueue(lane);
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: this.redis, prefix: this.prefix });
    queue.on('error', ignoreReportedElsewhere);
    this.queues.set(name, queue);
    return queue;
  }

  /** What a lane needs before it can be closed. Done whenever a process begins to serve it: somebody may have removed it. */
  async makeClosable(capId: string): Promise<void> {
    await this.queue(capId).setGlobalRateLimit(UNREACHABLE_LIMIT.max, UNREACHABLE_LIMIT.durationMs);
  }

  /**
   * No job of the lane starts for `forMs`, nor before an earlier closing ends; nothing asks meanwhile. It is kept in Redis
   * and survives every restart.
   */
  async close(capId: string, forMs: number): Promise<void> {
    const queue = this.queue(capId);
    const remaining = await queue.getRateLimitTtl(UNREACHABLE_LIMIT.max);
    await queue.rateLimit(Math.ceil(Math.max(1, remaining, forMs)));
    await this.wake(queue);
  }

  /** Opens a closed lane before its time; its workers feel it within two seconds. */
  async reopen(capId: string): Promise<void> {
    const queue = this.queue(capId);
    await queue.removeRateLimitKey();
    await this.wake(queue);
  }

  /**
   * A worker that found the lane empty, since all its jobs were in hand, waits for five seconds for a job that is new, and those
   * that go back are not. Woken, it learns that the lane is closed and until when.
   */
  private async wake(queue: Queue): Promise<void> {
    await this.redis.zadd(queue.toKey('marker'), 0, '0');
  }

  /** How long the lane stays closed, ms; 0: it is open. */
  async closedForMs(capId: string): Promise<number> {
    return Math.max(0, await this.queue(capId).getRateLimitTtl(UNREACHABLE_LIMIT.max));
  }

  /** Companies waiting in the lane, and those in workers' hands. */
  async load(capId: string): Promise<{ waiting: number; inHand: number }> {
    const counts = await this.queue(capId).getJobCounts('wait', 'prioritized', 'delayed', 'active');
    const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
    return { waiting: wait + prioritized + delayed, inHand: active };
  }

  /** The queues' own part of closing; the connection is the caller's. */
  async disconnect(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}
