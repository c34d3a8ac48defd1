import { readFile, rm, writeFile } from 'node:fs/promises';
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
/** A holder writes who it is as soon as it has the lock; until then nobody can tell whether it is gone in a moment. */
const NAMES_ITSELF_MS = 1_000;
const PASSING = ' passing';

interface Holder {
  pid: number;
  passing: boolean;
}

export interface DataDirPatience {
  /** This process only looks at what is kept there, and is gone in a moment: others wait for it. */
  passing?: boolean;
  /** How long a living launcher is waited for; not at all unless given. */
  waitMs?: number;
  signal?: AbortSignal;
  /** Told once that it is waited for. */
  onWait?: (text: string) => void;
}

/**
 * Makes this process the only launcher of a data folder until the returned function is called; `onLost` is told if the
 * folder is taken away meanwhile. The lock of a killed launcher is waited for, ten seconds at most, and so is that of a
 * `passing` one; that of a living one only if `waitMs` says for how long, until `signal` is aborted. Throws `data_dir_locked` naming the other process and the ways
 * out, or `data_dir_unusable`.
 */
export async function lockDataDir(
  dataDir: string,
  onLost: (error: Error) => void,
  patience: DataDirPatience = {},
): Promise<() => Promise<void>> {
  await makeDataFolder(dataDir);
  const started = performance.now();
  const giveUpAt = started + PATIENCE_MS;
  const waits = waiting(dataDir, started, patience);
  for (;;) {
    const release = await tryLock(dataDir, onLost);
    if (release) {
      await nameHolder(dataDir, `${process.pid}${patience.passing === true ? PASSING : ''}\n`, release);
      return release;
    }
    const holder = await holderOf(dataDir);
    const leaves = holder
      ? holder.passing || !isAlive(holder.pid)
      : performance.now() - started < NAMES_ITSELF_MS;
    if (!(leaves && performance.now() <= giveUpAt) && !waits(holder)) {
      throw appError(
        'data_dir_locked',
        `another leadgen${named(holder)} works in ${dataDir}: wait for it, ` +
          'set LEADGEN_DATA_DIR to another folder, or set REDIS_URL so that both use one cell',
      );
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** Whether a living holder is still to be waited for; says so the first time. */
function waiting(
  dataDir: string,
  started: number,
  { waitMs = 0, signal, onWait }: DataDirPatience,
): (holder: Holder | undefined) => boolean {
  let told = false;
  return (holder) => {
    if (performance.now() > started + waitMs || signal?.aborted === true) return false;
    if (!told) onWait?.(`Waiting for the leadgen${named(holder)} that works in ${dataDir} …`);
    told = true;
    return true;
  };
}

function named(holder: Holder | undefined): string {
  return holder === undefined ? '' : ` (process ${holder.pid})`;
}

/** A disk without space has room for the lock, which is a folder, and none for the file that says whose it is. */
async function nameHolder(dataDir: string, text: string, release: () => Promise<void>): Promise<void> {
  try {
    await writeFile(holderFile(dataDir), text);
  } catch (error) {
    await rm(holderFile(dataDir), { force: true });
    await release();
    throw dataFolderError(dataDir, error);
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

/** True if the folder's lock was last taken by a command that only looks: a Redis that answers there is gone in a moment. */
export async function isPassingHolder(dataDir: string): Promise<boolean> {
  return (await holderOf(dataDir))?.passing ?? false;
}

async function holderOf(dataDir: string): Promise<Holder | undefined> {
  const text = await readFile(holderFile(dataDir), 'utf8').catch(() => '');
  const [, pid, passing] = /^(\d+)( passing)?\n?$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), passing: passing !== undefined };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one all the same.
    return errorCode(error) === 'EPERM';
  }
}
