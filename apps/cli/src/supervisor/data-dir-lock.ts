import { mkdir } from 'node:fs/promises';
import { lock } from 'proper-lockfile';
import { appError } from '#libs/contracts';
import { errorCode } from '#libs/kernel';

/** Without a sign of life for so long, the holder is dead and the folder free. */
const STALE_MS = 10_000;

/**
 * Makes this process the only launcher of a data folder until the returned function is called.
 * Throws `data_dir_locked`, naming the ways out.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  try {
    return await lock(dataDir, { stale: STALE_MS, update: STALE_MS / 4 });
  } catch (error) {
    if (errorCode(error) !== 'ELOCKED') throw error;
    throw appError(
      'data_dir_locked',
      `another leadgen works in ${dataDir}: wait for it, set LEADGEN_DATA_DIR to another folder, ` +
        'or set REDIS_URL so that both use one cell',
      { cause: error },
    );
  }
}
