import type { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import type { DatasetRepository } from '#libs/datasets';
import { FileObjectStorage, type ObjectStorage } from '#libs/object-storage';
import { startTracing, TRACES_FLUSH_MS } from '#libs/process';
import type { ScheduleQueue } from '#libs/queue';
import { CellKeys, closeRedis, producerConnectionOptions } from '#libs/redis';
import { logTransition, RunRepository } from '#libs/run-state';
import type { ScheduleRepository, ScheduleRunner } from '#libs/schedules';
import { actorOf } from '../audit/actor';
import { openRedis } from '../cell/open-redis';
import type { CommandContext } from '../command-context';

/** What the verbs of `leadgen schedules` work with. */
export interface SchedulesCell {
  schedules: ScheduleRepository;
  runner: ScheduleRunner;
  queue: ScheduleQueue;
  runs: RunRepository;
  datasets: DatasetRepository;
  storage: ObjectStorage;
  audit: AuditLog;
  /** Who does it, for the audit log. */
  actor: string;
  /** By Redis's clock, ms. */
  nowMs: () => Promise<number>;
}

/** The schedules of the cell of `REDIS_URL`, for as long as a command needs them. Throws `usage`, or as `openRedis`. */
export async function withSchedules<Result>(
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
  use: (cell: SchedulesCell) => Promise<Result>,
): Promise<Result> {
  const { url } = settings.redis;
  if (url === undefined) {
    throw appError(
      'usage',
      'REDIS_URL is not set: it names the cell whose workers start the runs, e.g. REDIS_URL=redis://127.0.0.1:6379 leadgen schedules list',
    );
  }
  const keys = new CellKeys(settings.runtime.cell);
  const connection = producerConnectionOptions();
  const redis = await openRedis(url, logger);
  // A run that is started by hand has its trace from here.
  const stopTracing = await startTracing(settings, { app: 'cli', logger, exportMs: TRACES_FLUSH_MS });
  // Loaded for these commands only: the others start without them.
  const [audit, datasets, { RunFlow, ScheduleQueue }, { nextSlotMs, ScheduleRepository, ScheduleRunner }] =
    await Promise.all([
      import('#libs/audit'),
      import('#libs/datasets'),
      import('#libs/queue'),
      import('#libs/schedules'),
    ]);
  const storage = new FileObjectStorage(settings.storageDir);
  const flow = new RunFlow({ redisUrl: url, keys, connection });
  const queue = new ScheduleQueue(redis, keys, nextSlotMs);
  const nowMs = async (): Promise<number> => Number((await redis.time())[0]) * 1_000;
  try {
    await flow.connect();
    const runs = new RunRepository(redis, keys, logTransition(logger), undefined, 'elsewhere');
    const schedules = new ScheduleRepository(redis, keys);
    return await use({
      schedules,
      runner: new ScheduleRunner(schedules, runs, flow, nowMs),
      queue,
      runs,
      datasets: new datasets.DatasetRepository(redis, keys, storage),
      storage,
      audit: new audit.AuditLog(redis, keys),
      actor: actorOf({}),
      nowMs,
    });
  } finally {
    await queue.close();
    await flow.close();
    await closeRedis(redis);
    await stopTracing();
  }
}
