import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { appError } from '#libs/contracts';
import { dataFolderError, makeDataFolder } from '#libs/redis';
import type { CommandContext } from '../command-context';
import { checkCompaniesFile } from './companies-file';

/** What `--companies` says for stdin. */
export const STDIN = '-';

/**
 * The file of companies that a command was given, looked at before anything is started, for as long as `use` takes. stdin is
 * written to a file in the data folder first: it can be read but once, and a run may have to wait before it takes its companies.
 * Throws as `checkCompaniesFile`, `data_dir_unusable`, or `run_stopped`.
 */
export async function withCompanies<Result>(
  given: string | undefined,
  { settings, signal }: Pick<CommandContext, 'settings' | 'signal'>,
  use: (file: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (given !== STDIN) {
    if (given !== undefined) await checkCompaniesFile(given);
    return use(given);
  }
  const file = await spoolFile(settings.runtime.dataDir);
  try {
    await spool(process.stdin, file, signal);
    await checkCompaniesFile(file, '- (stdin)');
    return await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

async function spoolFile(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'spool');
  await makeDataFolder(folder, 0o700);
  return join(folder, `stdin-${process.pid}-${randomBytes(4).toString('hex')}`);
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
