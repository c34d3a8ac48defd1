import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, METRICS, REDIS } from '#libs/cell';
import type { Logger, Metrics } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { Reconciler } from '#libs/run-state';
import { countRepairs } from '../metrics/count-repairs';
import { LeaderDuty } from './leader-duty';

const REPAIRS = ['redriven', 'failed', 'forgotten', 'released'] as const;

/** Finds runs that nothing works on any more, every few seconds. */
@Injectable()
export class ReconcilerDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    keys: CellKeys,
    reconciler: Reconciler,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const count = countRepairs(metrics);
    super(redis, keys, logger, {
      name: 'reconciler',
      everyMs: 5_000,
      leaseMs: 15_000,
      pass: async () => {
        const repairs = await reconciler.pass();
        for (const repair of REPAIRS) count(repair, repairs[repair]);
        if (REPAIRS.every((repair) => repairs[repair] === 0)) return;
        logger.warn({ event: 'reconciled', ...repairs }, 'reconciler repaired runs');
      },
    });
  }
}
