import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, METRICS, REDIS } from '#libs/cell';
import type { Logger, Metrics } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { countTransitions, UncountedTransitions } from '#libs/run-state';
import { LeaderDuty } from './leader-duty';

/** Counts what the command line makes of runs: a command has ended before anybody could scrape it. */
@Injectable()
export class CountingDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    keys: CellKeys,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const uncounted = new UncountedTransitions(redis, keys);
    const count = countTransitions(metrics);
    super(redis, keys, logger, {
      name: 'counting',
      everyMs: 2_000,
      // Two at once count nothing twice: what one has taken is gone for the other.
      leaseMs: 10_000,
      pass: async () => {
        for (const transition of await uncounted.take()) count(transition);
      },
    });
  }
}
