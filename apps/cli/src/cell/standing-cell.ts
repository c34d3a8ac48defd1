import { loadSettings, processEnv, type Settings } from '#libs/config';
import { appError } from '#libs/contracts';
import { embeddedRedisOf, startEmbeddedRedis } from '#libs/redis';
import type { CommandContext } from '../command-context';
import { isPassingHolder, lockDataDir } from '../supervisor/data-dir-lock';
import { connectCell, type ConnectedCell } from './connected-cell';
import { suppressionKeyFile } from './suppression-key-file';

/** A Redis with a cell's runs that a command looks into. */
export interface StandingRedis {
  url: string;
  /** True: nobody works on the runs there. It was started for this command, and ends with it. */
  asleep: boolean;
  /** It is the data folder's own. */
  embedded: boolean;
  close(): Promise<void>;
}

/**
 * The Redis that a command means: that of `REDIS_URL`; without it that of a leadgen that runs in the data folder; without one
 * the folder's own, started for as long as the command takes, since what the last one left is there. Throws `usage` where
 * there is none of them, `data_dir_locked`, `redis_not_available`.
 */
async function standingRedis({ redis, runtime }: Settings, signal: AbortSignal): Promise<StandingRedis> {
  if (redis.url !== undefined)
    return { url: redis.url, asleep: false, embedded: false, close: nothingToClose };
  const { dataDir } = runtime;
  const embedded = await embeddedRedisOf(dataDir);
  switch (embedded.standing) {
    case 'running':
      // Another command that looks, too, would take its Redis away under this one.
      if (await isPassingHolder(dataDir)) return wakeRedis(dataDir, signal);
      return { url: embedded.url, asleep: false, embedded: true, close: nothingToClose };
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

/** What a command needs of its surroundings to find the cell that is meant. */
export type CellSurroundings = Pick<CommandContext, 'settings' | 'logger' | 'signal'>;

/** The Redis of `standingRedis`, for as long as `use` takes, with the settings that the processes of its cell have. */
export async function withStandingRedis<Result>(
  { settings, signal }: Pick<CellSurroundings, 'settings' | 'signal'>,
  use: (standing: StandingRedis, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const standing = await standingRedis(settings, signal);
  try {
    return await use(standing, standing.embedded ? await asInFolder(settings) : settings);
  } finally {
    await standing.close();
  }
}

/** The cell of `standingRedis`, for as long as `use` takes. */
export async function withStandingCell<Result>(
  { settings, logger, signal }: CellSurroundings,
  use: (cell: ConnectedCell, standing: Pick<StandingRedis, 'asleep'>) => Promise<Result>,
): Promise<Result> {
  return withStandingRedis({ settings, signal }, async (standing) => {
    const cell = await connectCell(standing.url, settings, logger);
    try {
      return await use(cell, standing);
    } finally {
      await cell.close();
    }
  });
}

/** The key of a private cell's suppression lists is in its folder: without it nobody would be found on them. */
async function asInFolder(settings: Settings): Promise<Settings> {
  if (settings.suppression.key !== undefined) return settings;
  const file = await suppressionKeyFile(settings.runtime.dataDir);
  const { suppression } = loadSettings(undefined, { LEADGEN_SUPPRESSION_KEY_FILE: file });
  return { ...settings, suppression };
}

async function wakeRedis(dataDir: string, signal: AbortSignal): Promise<StandingRedis> {
  // Should the folder be taken away meanwhile, its Redis stops answering, and that is heard of.
  const unlock = await lockDataDir(dataDir, () => undefined, { passing: true });
  try {
    const redis = await startEmbeddedRedis({ dataDir, appendOnly: true, env: processEnv(), signal });
    return {
      url: redis.url,
      asleep: true,
      embedded: true,
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
