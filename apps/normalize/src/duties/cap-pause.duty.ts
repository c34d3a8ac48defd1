import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CapPause, RunRepository } from '#libs/run-state';
import { RedisGateOperations } from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { VENDORS } from '../plan/vendors.provider';
import { GateCapWatch } from './gate-cap-watch';
import { LeaderDuty } from './leader-duty';

/** Pauses runs that wait on closed caps and nothing else, and resumes them, within a second. */
@Injectable()
export class CapPauseDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    @Inject(SETTINGS) { runtime }: Settings,
    @Inject(VENDORS) vendors: VendorRegistry,
    keys: CellKeys,
    runs: RunRepository,
  ) {
    const watch = new GateCapWatch(new RedisGateOperations(redis, keys), vendors, runtime.offline);
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
