import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CellKeys, LuaScript, TTL_SECONDS, type RedisClient } from '#libs/redis';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));
const scripts = { tagJobs: script('tag-jobs-5'), rebaseQueue: script('rebase-queue-4') } as const;

export interface FairRange {
  /** BullMQ's: with a higher one it refuses the job, with none the job overtakes all others. */
  highest: number;
  /** A little more than half the range: whatever is lowered lands below everything that is not. */
  rebaseFrom: number;
  /** In which a job with a tag is in the queue: until then nothing is rebased, and an empty queue is not taken for idle. */
  graceMs: number;
  rebaseStep: number;
}

/** One unit at weight 1 is one priority: a tenant's backlog of a million fits, wherever in its half V stands. */
const RANGE: FairRange = { highest: 2_097_151, rebaseFrom: 1_048_580, graceMs: 2_000, rebaseStep: 1_000 };

/** What jobs of a tenant are charged for being served. */
export interface FairCharge {
  tenantId: string;
  /** What one job takes of what the queue waits for; 0: it was charged when it first came, and is served at once. */
  units: number;
  /** The tenant's share against others': twice the weight is served twice as often. */
  weight: number;
}

/** Who is served next in a queue of many tenants: a job's place, as its BullMQ priority. */
export class FairQueueing {
  private readonly range: FairRange;

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    range: Partial<FairRange> = {},
  ) {
    this.range = { ...RANGE, ...range };
  }

  /**
   * Priorities for a tenant's next `count` jobs in the queue, in their order; one script for all of them. The jobs are to
   * be added at once. Waits while the queue is being rebased: some seconds, once in about a million units without a pause.
   */
  async tags(queue: string, { tenantId, units, weight }: FairCharge, count: number): Promise<number[]> {
    const { highest, rebaseFrom, graceMs } = this.range;
    for (;;) {
      const [kind, ...rest] = (await scripts.tagJobs.run(
        this.redis,
        [
          this.keys.fairness(queue),
          this.keys.queue(queue, 'prioritized'),
          this.keys.queue(queue, 'wait'),
          this.keys.queue(queue, 'delayed'),
          this.keys.queue(queue, 'active'),
        ],
        [
          tenantId,
          count,
          units / weight,
          highest,
          rebaseFrom,
          graceMs,
          TTL_SECONDS.run,
          this.keys.queue(queue, ''),
        ],
      )) as [string, ...number[]];
      if (kind === 'tags') return rest;
      await delay(rest[0]);
      await this.rebase(queue);
    }
  }

  /** Any number of processes may do it together; it goes on wherever one of them was killed. */
  private async rebase(queue: string): Promise<void> {
    for (;;) {
      const [state, ms] = (await scripts.rebaseQueue.run(
        this.redis,
        [
          this.keys.fairness(queue),
          this.keys.queue(queue, 'prioritized'),
          this.keys.queue(queue, 'active'),
          this.keys.queue(queue, 'delayed'),
        ],
        [this.keys.queue(queue, ''), this.range.rebaseStep, this.range.highest],
      )) as [string, number?];
      if (state === 'done') return;
      if (ms !== undefined) await delay(ms);
    }
  }
}
