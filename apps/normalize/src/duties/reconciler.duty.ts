import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, METRICS, REDIS } from '#libs/cell';
import type { Logger, Metrics } from '#libs/observability';
import { RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, PersonPause, Reconciler, RunHandover, RunRepository } from '#libs/run-state';
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
    runs: RunRepository,
    companies: CompanyRepository,
    flow: RunFlow,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const count = countRepairs(metrics);
    const pausing = new PersonPause(runs, companies, flow);
    const handover = new RunHandover(redis, keys);
    const reconciler = new Reconciler(runs, flow, pausing, handover, (run, error) => {
      const ids = { tenant_id: run.tenantId, run_id: run.runId };
      logger.warn({ event: 'reconcile_failed', ...ids, err: error.message }, 'run could not be reconciled');
    });
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
