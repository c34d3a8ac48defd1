import { processEnv, type Settings } from '#libs/config';
import { appError } from '#libs/contracts';
import { embeddedRedisOf, startEmbeddedRedis } from '#libs/redis';
import type { CommandContext } from '../command-context';
import { isPassingHolder, lockDataDir } from '../supervisor/data-dir-lock';
import { connectCell, type ConnectedCell } from './connected-cell';

/** A Redis with a cell's runs that a command looks into. */
export interface StandingRedis {
  url: string;
  /** True: nobody works on the runs there. It was started for this command, and ends with it. */
  asleep: boolean;
  close(): Promise<void>;
}

/**
 * The Redis that a command means: that of `REDIS_URL`; without it that of a leadgen that runs in the data folder; without one
 * the folder's own, started for as long as the command takes, since what the last one left is there. Throws `usage` where
 * there is none of them, `data_dir_locked`, `redis_not_available`.
 */
async function standingRedis({ redis, runtime }: Settings, signal: AbortSignal): Promise<StandingRedis> {
  if (redis.url !== undefined) return { url: redis.url, asleep: false, close: nothingToClose };
  const { dataDir } = runtime;
  const embedded = await embeddedRedisOf(dataDir);
  switch (embedded.standing) {
    case 'running':
      // Another command that looks, too, would take its Redis away under this one.
      if (await isPassingHolder(dataDir)) return wakeRedis(dataDir, signal);
      return { url: embedded.url, asleep: false, close: nothingToClose };
    case 'stopped':
      return wakeRedis(dataDir, signal);
    case 'none':
      throw appError(
        'usage',
        `REDIS_URL is not set, and no leadgen has worked in ${dataDir}: name the cell that is meant, e.g. ` +
          'REDIS_URL=redis://127.0.0.1:6379, or the folder of a private one by LEADGEN_DATA_DIR',
      );
  }
}

/** The cell of `standingRedis`, for as long as `use` takes. */
export async function withStandingCell<Result>(
  { settings, logger, signal }: Pick<CommandContext, 'settings' | 'logger' | 'signal'>,
  use: (cell: ConnectedCell, standing: Pick<StandingRedis, 'asleep'>) => Promise<Result>,
): Promise<Result> {
  const standing = await standingRedis(settings, signal);
  try {
    const cell = await connectCell(standing.url, settings, logger);
    try {
      return await use(cell, standing);
    } finally {
      await cell.close();
    }
  } finally {
    await standing.close();
  }
}

async function wakeRedis(dataDir: string, signal: AbortSignal): Promise<StandingRedis> {
  // Should the folder be taken away meanwhile, its Redis stops answering, and that is heard of.
  const unlock = await lockDataDir(dataDir, () => undefined, { passing: true });
  try {
    const redis = await startEmbeddedRedis({ dataDir, appendOnly: true, env: processEnv(), signal });
    return {
      url: redis.url,
      asleep: true,
      close: async () => {
        await redis.stop();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function nothingToClose(): Promise<void> {
  // It is somebody else's.
}
