import type { CellKeys, RedisClient } from '#libs/redis';
import type { CountedTransition } from './run-transition';

const AT_ONCE = 100;

/** Ends and pauses of runs that were made by a process which nobody scrapes, as the command line is. */
export class UncountedTransitions {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** The oldest hundred, which nobody else is given: whoever has taken them is the one to count them. */
  async take(): Promise<CountedTransition[]> {
    const taken = (await this.redis.lpop(this.keys.uncountedTransitions(), AT_ONCE)) ?? [];
    return taken.map((text) => JSON.parse(text) as CountedTransition);
  }
}
