import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, OBJECT_STORAGE, REDIS } from '#libs/cell';
import { DatasetRepository } from '#libs/datasets';
import type { ObjectStorage } from '#libs/object-storage';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { LeaderDuty } from './leader-duty';

/** How often it is looked for expired files, by default. */
const EVERY_MS = 60_000;

/** Removes the files of datasets that are past their retention, whether their tenant comes again or not. */
@Injectable()
export class DatasetsDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    @Inject(OBJECT_STORAGE) storage: ObjectStorage,
    keys: CellKeys,
  ) {
    const datasets = new DatasetRepository(redis, keys, storage);
    super(redis, keys, logger, {
      name: 'datasets',
      everyMs: EVERY_MS,
      leaseMs: 5 * EVERY_MS,
      pass: async (stopping) => {
        let removed = 0;
        for (let count = -1; count !== 0 && !stopping.aborted; removed += count) {
          count = await datasets.removeExpired();
        }
        if (removed > 0)
          logger.info({ event: 'datasets_expired', removed }, 'files of expired datasets removed');
      },
    });
  }
}
