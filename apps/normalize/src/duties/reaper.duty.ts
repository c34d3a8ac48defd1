import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, METRICS, REDIS } from '#libs/cell';
import type { Logger, Metrics } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RedisGateOperations } from '#libs/vendor-gate';
import { countRepairs } from '../metrics/count-repairs';
import { LeaderDuty } from './leader-duty';

/** Calls repaired in one script; the next pass goes on. */
const MOST = 100;

/** Repairs calls whose lease is over since their process died: what was never sent is free again, what was is in doubt. */
@Injectable()
export class ReaperDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    keys: CellKeys,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const count = countRepairs(metrics);
    const gate = new RedisGateOperations(redis, keys);
    super(redis, keys, logger, {
      name: 'reaper',
      everyMs: 2_000,
      leaseMs: 10_000,
      pass: async () => {
        for (const capId of await gate.caps()) {
          const repaired = await gate.reap(capId, MOST);
          if (repaired.length === 0) continue;
          const became = (what: string): number => repaired.filter((call) => call.became === what).length;
          const counts = { free: became('free'), in_doubt: became('in_doubt'), pending: became('pending') };
          count('call_freed', counts.free);
          count('call_in_doubt', counts.in_doubt);
          count('call_pending', counts.pending);
          logger.warn(
            { event: 'calls_reaped', vendor: capId, ...counts },
            'calls of a dead process were repaired',
          );
        }
      },
    });
  }
}
