import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { appError } from '#libs/contracts';
import { errorCode } from '#libs/kernel';
import { dataFolderError, makeDataFolder } from '#libs/redis';

/** No command waits that long for its run to take the companies: whoever wrote an older file is gone, whatever has its number now. */
const KEPT_AT_MOST_MS = 25 * 86_400_000;
/** `stdin-<host>-<process>-<chance>`: hosts may share the folder. */
const NAME = /^stdin-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/;
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Writes a stream to a file of its own in the data folder, readable by its owner alone, for as long as `use` takes. What
 * commands that were killed have left there is removed first. Throws `data_dir_unusable`, or `run_stopped`.
 */
export async function withSpooled<Result>(
  from: NodeJS.ReadableStream,
  { dataDir, signal }: { dataDir: string; signal: AbortSignal },
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const folder = join(dataDir, 'spool');
  await makeDataFolder(folder, { mode: 0o700 });
  await removeLeftBehind(folder);
  const file = join(folder, `stdin-${HERE}-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await spool(from, file, signal);
    return await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

async function spool(from: NodeJS.ReadableStream, file: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(from, createWriteStream(file, { mode: 0o600 }), { signal });
  } catch (error) {
    if (signal.aborted) {
      throw appError('run_stopped', 'interrupted while stdin was read: nothing was done', { cause: error });
    }
    throw dataFolderError(file, error);
  }
}

/** Files of processes of this host that are no more, and very old ones; of this user alone, and no others than those we write. */
async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (pid === undefined) continue;
    const file = join(folder, name);
    const stats = await lstat(file).catch(ignoreGone);
    if (!stats?.isFile() || stats.uid !== process.getuid?.()) continue;
    const isDead = host === HERE && !isAlive(Number(pid));
    if (isDead || Date.now() - stats.mtimeMs > KEPT_AT_MOST_MS) await rm(file, { force: true });
  }
}

/** Its command has ended meanwhile. */
function ignoreGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one all the same.
    return errorCode(error) === 'EPERM';
  }
}
