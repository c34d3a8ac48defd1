import type { RedisClient } from '../connections';
import { medianOffset, type ClockSample } from './median-offset';

/** One slow reply, or a pause of this process, must not decide. */
const ROUNDS = 5;

/**
 * What time it is by Redis's clock, the one that a cell's processes share. Between two measurements it goes on by this
 * process's steady clock, so that whoever sets the machine's clock meanwhile changes nothing.
 */
export class RedisClock {
  /** Of Redis's clock to this process's steady one, ms. */
  private offset: number | undefined;

  /** `wall`: the clock that is compared, ms since 1970. */
  constructor(
    private readonly redis: Pick<RedisClient, 'time'>,
    private readonly wall: () => number = Date.now,
  ) {}

  /** Looks at Redis's clock: a few round trips. To be done before anything else is asked. */
  async measure(): Promise<void> {
    const samples: ClockSample[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const askedAt = performance.now();
      const [seconds, micros] = await this.redis.time();
      samples.push({
        askedAt,
        tookMs: performance.now() - askedAt,
        redisMs: Number(seconds) * 1_000 + Number(micros) / 1_000,
      });
    }
    this.offset = medianOffset(samples);
  }

  /** Ms since 1970. Throws `Error` when it was never measured. */
  now(): number {
    if (this.offset === undefined) throw new Error('RedisClock: measure first');
    return performance.now() + this.offset;
  }

  /** By how much this process's clock is ahead of Redis's, ms; negative: behind. */
  skewMs(): number {
    return this.wall() - this.now();
  }
}
