import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { LOGGER, OBJECT_STORAGE, REDIS } from '#libs/cell';
import { Eraser, Erasures, FileSweep, RedisSweep, type ErasureRef } from '#libs/erasure';
import type { ObjectStorage } from '#libs/object-storage';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { RedisGateOperations } from '#libs/vendor-gate';
import { LeaderDuty } from './leader-duty';
import { RunsAndCalls } from './tenant-activity';

/** Carries out the erasures that tenants have asked for. One that is cut short is begun anew by whoever leads next. */
@Injectable()
export class ErasureDuty extends LeaderDuty {
  private readonly stopped = new AbortController();

  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    @Inject(OBJECT_STORAGE) storage: ObjectStorage,
    keys: CellKeys,
    runs: RunRepository,
    audit: AuditLog,
  ) {
    const erasures = new Erasures(redis, keys);
    const eraser = new Eraser(
      erasures,
      new RedisSweep(redis, keys, new CompanyRepository(redis, keys)),
      new FileSweep(storage),
      new RunsAndCalls(redis, keys, runs, new RedisGateOperations(redis, keys)),
    );
    super(redis, keys, logger, {
      name: 'erasure',
      everyMs: 1_000,
      leaseMs: 60_000,
      pass: async () => {
        for (const due of await erasures.due(Date.now())) {
          if (this.stopped.signal.aborted) return;
          if (await eraser.work(due, this.stopped.signal)) await report(due);
        }
      },
    });
    const report = async (ref: ErasureRef): Promise<void> => {
      const { tenantId, erasureId } = ref;
      const { kind, companies, purchases, records, files, passes } = await erasures.receipt(ref);
      await audit.record({
        tenantId,
        actor: 'system:erasure',
        action: 'erasure.done',
        target: erasureId,
        details: { kind, companies, purchases, records, files, passes },
      });
      logger.info(
        {
          event: 'erasure_done',
          tenant_id: tenantId,
          erasure_id: erasureId,
          companies,
          purchases,
          records,
          files,
        },
        'an erasure is done',
      );
    };
  }

  override async stop(): Promise<void> {
    this.stopped.abort(new Error('this worker stops'));
    await super.stop();
  }
}
