import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { appError } from '#libs/contracts';
import { errorCode } from '#libs/kernel';
import { dataFolderError, makeDataFolder } from '#libs/redis';

/** Without a sign of life for so long, the holder is dead and the folder free. */
const STALE_MS = 10_000;
/** How long the lock of a holder that no longer exists is waited for. */
const PATIENCE_MS = STALE_MS + 5_000;
const LOOK_AGAIN_MS = 200;

/**
 * Makes this process the only launcher of a data folder until the returned function is called; `onLost` is told if the
 * folder is taken away meanwhile. The lock of a killed launcher is waited for, ten seconds at most. Throws `data_dir_locked`
 * naming the other process and the ways out, or `data_dir_unusable`.
 */
export async function lockDataDir(
  dataDir: string,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  await makeDataFolder(dataDir);
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const release = await tryLock(dataDir, onLost);
    if (release) {
      await writeFile(holderFile(dataDir), `${process.pid}\n`);
      return release;
    }
    const holder = await holderOf(dataDir);
    if (holder === undefined || isAlive(holder) || performance.now() > giveUpAt) {
      throw appError(
        'data_dir_locked',
        `another leadgen${holder === undefined ? '' : ` (process ${holder})`} works in ${dataDir}: wait for it, ` +
          'set LEADGEN_DATA_DIR to another folder, or set REDIS_URL so that both use one cell',
      );
    }
    await delay(LOOK_AGAIN_MS);
  }
}

async function tryLock(
  dataDir: string,
  onLost: (error: Error) => void,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lock(dataDir, {
      // Inside: whoever may write to the folder may not be allowed to write next to it.
      lockfilePath: join(dataDir, 'launcher.lock'),
      stale: STALE_MS,
      update: STALE_MS / 4,
      onCompromised: onLost,
    });
  } catch (error) {
    if (errorCode(error) === 'ELOCKED') return undefined;
    throw dataFolderError(dataDir, error);
  }
}

const holderFile = (dataDir: string): string => join(dataDir, 'launcher.pid');

async function holderOf(dataDir: string): Promise<number | undefined> {
  const text = await readFile(holderFile(dataDir), 'utf8').catch(() => '');
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one all the same.
    return errorCode(error) === 'EPERM';
  }
}
