import type { FactoryProvider } from '@nestjs/common';
import { LOGGER, REDIS } from '#libs/cell';
import type { Logger } from '#libs/observability';
import { RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, PersonPause, Reconciler, RunHandover, RunRepository } from '#libs/run-state';

export const reconcilerProvider: FactoryProvider<Reconciler> = {
  provide: Reconciler,
  useFactory: (
    redis: RedisClient,
    keys: CellKeys,
    runs: RunRepository,
    companies: CompanyRepository,
    flow: RunFlow,
    logger: Logger,
  ) => {
    const pausing = new PersonPause(runs, companies, flow);
    const handover = new RunHandover(redis, keys);
    return new Reconciler(runs, flow, pausing, handover, (run, error) => {
      const ids = { tenant_id: run.tenantId, run_id: run.runId };
      logger.warn({ event: 'reconcile_failed', ...ids, err: error.message }, 'run could not be reconciled');
    });
  },
  inject: [REDIS, CellKeys, RunRepository, CompanyRepository, RunFlow, LOGGER],
};
