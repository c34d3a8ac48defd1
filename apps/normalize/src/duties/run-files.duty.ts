import { Inject, Injectable } from '@nestjs/common';
import { decodeTime } from 'ulid';
import { LOGGER, OBJECT_STORAGE, REDIS } from '#libs/cell';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import type { Logger } from '#libs/observability';
import { CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import { LeaderDuty } from './leader-duty';

const EVERY_MS = 3_600_000;
const KEPT_MS = TTL_SECONDS.run * 1_000;
const RUN_FOLDER = /^runs\/([^/]+)\/(run_([0-9A-HJKMNP-TV-Z]{26}))\/$/;

/**
 * Removes the files of runs that nobody can ask for any more: older than a run's record is kept, and without one. They hold
 * persons, and must not outlive it.
 */
@Injectable()
export class RunFilesDuty extends LeaderDuty {
  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    @Inject(OBJECT_STORAGE) storage: ObjectStorage,
    keys: CellKeys,
  ) {
    super(redis, keys, logger, {
      name: 'run-files',
      everyMs: EVERY_MS,
      leaseMs: 2 * EVERY_MS,
      pass: async (stopping) => {
        let removed = 0;
        const [seconds] = await redis.time();
        const beforeMs = Number(seconds) * 1_000 - KEPT_MS;
        for (const tenant of await storage.listFolders(objectKeys.runs)) {
          for (const folder of await storage.listFolders(tenant)) {
            if (stopping.aborted) return;
            const run = runOf(folder);
            // What no run of ours has made is none of our business.
            if (!run || run.createdMs > beforeMs) continue;
            // One that has waited for weeks has its record still.
            if ((await redis.exists(keys.run(run.tenantId, run.runId))) === 1) continue;
            await storage.removeFolder(folder);
            removed += 1;
          }
        }
        if (removed > 0)
          logger.info({ event: 'run_files_expired', removed }, 'files of forgotten runs removed');
      },
    });
  }
}

function runOf(folder: string): { tenantId: string; runId: string; createdMs: number } | undefined {
  const [, tenantId, runId, ulid] = RUN_FOLDER.exec(folder) ?? [];
  if (tenantId === undefined || runId === undefined || ulid === undefined) return undefined;
  return { tenantId, runId, createdMs: decodeTime(ulid) };
}
