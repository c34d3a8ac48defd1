import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS } from '#libs/cell';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CapPause, RunRepository } from '#libs/run-state';
import { GateCapWatch } from './gate-cap-watch';
import { LeaderDuty } from './leader-duty';

/** Pauses runs that wait on closed caps and nothing else, and resumes them, within a second. */
@Injectable()
export class CapPauseDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    keys: CellKeys,
    runs: RunRepository,
    watch: GateCapWatch,
  ) {
    const pausing = new CapPause(redis, keys, runs, watch, (run, error) => {
      const ids = { tenant_id: run.tenantId, run_id: run.runId };
      logger.warn(
        { event: 'cap_pause_failed', ...ids, err: error.message },
        'run could not be paused or resumed',
      );
    });
    super(redis, keys, logger, {
      name: 'cap-pause',
      everyMs: 500,
      leaseMs: 5_000,
      pass: () => pausing.pass(),
    });
  }
}
