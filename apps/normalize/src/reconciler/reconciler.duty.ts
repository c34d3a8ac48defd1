import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS } from '#libs/cell';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, Lease, PersonPause, Reconciler, RunRepository } from '#libs/run-state';

const EVERY_MS = 5_000;
const LEASE_MS = 15_000;

/** Runs the reconciler every few seconds in whichever normalize process holds the cell's lease. */
@Injectable()
export class ReconcilerDuty {
  private readonly lease: Lease;
  private readonly reconciler: Reconciler;
  private current: Promise<void> = Promise.resolve();

  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) private readonly logger: Logger,
    keys: CellKeys,
    runs: RunRepository,
    companies: CompanyRepository,
    flow: RunFlow,
  ) {
    this.lease = new Lease(redis, keys, 'reconciler', randomUUID());
    this.reconciler = new Reconciler(runs, flow, new PersonPause(runs, companies, flow), (run, error) => {
      const ids = { tenant_id: run.tenantId, run_id: run.runId };
      logger.warn({ event: 'reconcile_failed', ...ids, err: error.message }, 'run could not be reconciled');
    });
  }

  start(): { stop: () => Promise<void> } {
    const timer = setInterval(() => {
      // A pass that outlasts the interval is not overtaken by the next one.
      this.current = this.current.then(() => this.passIfLeader());
    }, EVERY_MS);
    return {
      stop: async () => {
        clearInterval(timer);
        await this.current;
        await this.lease.release();
      },
    };
  }

  private async passIfLeader(): Promise<void> {
    try {
      if (!(await this.lease.take(LEASE_MS))) return;
      const repairs = await this.reconciler.pass();
      if (Object.values(repairs).some((count) => count > 0)) {
        this.logger.warn({ event: 'reconciled', ...repairs }, 'reconciler repaired runs');
      }
    } catch (error) {
      this.logger.warn({ event: 'reconcile_failed', err: toError(error).message }, 'reconciler pass failed');
    }
  }
}
