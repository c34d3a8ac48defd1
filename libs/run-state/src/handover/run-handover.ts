import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';

/**
 * Runs that were accepted and whose flow a worker is to add. The script that creates a run writes them, so that a run is here
 * whoever dies then; of a run that was taken from here by one who died, the reconciler adds the flow.
 */
export class RunHandover {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /**
   * Takes the oldest runs, `max` at most, and waits up to `waitMs` for the first: on a connection of its own, which serves
   * nothing else meanwhile. Nobody else takes the same; whoever has taken a run adds its flow.
   */
  async take({ waitMs, max }: { waitMs: number; max: number }): Promise<RunRef[]> {
    const first = await this.redis.blpop(this.keys.runHandover(), waitMs / 1_000);
    if (first === null) return [];
    const more = await this.redis.lpop(this.keys.runHandover(), max - 1);
    return [first[1], ...(more ?? [])].map(runOf);
  }

  /** The one that waits longest. */
  async oldest(): Promise<RunRef | undefined> {
    const member = await this.redis.lindex(this.keys.runHandover(), 0);
    return member === null ? undefined : runOf(member);
  }
}

function runOf(member: string): RunRef {
  const [tenantId = '', runId = ''] = member.split('/');
  return { tenantId, runId };
}
