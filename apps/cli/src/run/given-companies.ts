import type { CommandContext } from '../command-context';
import { checkCompaniesFile } from './companies-file';
import { withSpooled } from './stdin-spool';

/** What `--companies` says for stdin. */
export const STDIN = '-';

/**
 * The file of companies that a command was given, looked at before anything is started, for as long as `use` takes. stdin is
 * written to a file in the data folder first: it can be read but once, and a run may have to wait before it takes its companies.
 * Throws as `checkCompaniesFile` and `withSpooled`.
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
  return withSpooled(process.stdin, { dataDir: settings.runtime.dataDir, signal }, async (file) => {
    await checkCompaniesFile(file, '- (stdin)');
    return use(file);
  });
}
