import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { loadSettings, processEnv } from '#libs/config';
import { toError } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { teach, type HelpPage } from '../help/teach';
import { startEmbeddedCell } from '../cell/embedded-cell';
import type { OpenCell } from '../cell/opened-cell';

/** The repository's root, seen from `dist/apps/cli/src/commands`. */
const ROOT = join(__dirname, '../../../../..');
/** Whose key `dev` shows; the private Redis keeps it over restarts. */
const DEV_TENANT = 'acme';
/** Editors save in bursts. */
const SETTLE_MS = 300;

const HELP: HelpPage = {
  examples: [
    ['leadgen dev', 'until Ctrl-C'],
    ['ORCHESTRATOR_OFFLINE=0 leadgen dev', 'with real vendors, whose keys are in VENDOR_<ID>_API_KEY'],
  ],
  prints: 'on stderr: where the API is, a key for it, and where the logs are.',
  notes: [`The key is of tenant ${DEV_TENANT}. The private Redis is that of LEADGEN_DATA_DIR (./.leadgen).`],
  exitCodes: [0, 1, 2, 69],
  seeAlso: ['leadgen demo', 'leadgen run', 'docs/api.md'],
};

/** `leadgen dev`: the whole stack with the API, restarted when a source file changes. */
export function devCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('dev')
    .description('keep the whole stack up (Redis, simulator, workers, API); restart on changes')
    .action(async () => {
      const settings = loadSettings(undefined, {
        ORCHESTRATOR_OFFLINE: processEnv().ORCHESTRATOR_OFFLINE ?? '1',
        REDIS_URL: '',
      });
      const say = (text: string): void => void process.stderr.write(`${text}\n`);
      let key: { text: string } | undefined;
      while (!context.signal.aborted) {
        const opened = await startEmbeddedCell({
          settings,
          logger: context.logger,
          signal: context.signal,
          note: say,
          withApi: true,
        });
        say(`API   ${opened.apiUrl ?? ''}/api/orchestrations`);
        key ??= await opened.cell.apiKeys.issue({ tenantId: DEV_TENANT, environment: 'dev' });
        say(`Key   ${key.text}  (tenant ${DEV_TENANT})`);
        say(`Logs  ${join(settings.runtime.dataDir, 'logs')}`);
        try {
          await changeOrEnd(opened, context.signal, say);
        } finally {
          await opened.close();
        }
      }
    });
  teach(command, HELP);
}

/** Returns when a changed source has been built, or when the command is to end. Throws if the stack breaks down. */
async function changeOrEnd(
  opened: OpenCell,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const ends = AbortSignal.any([signal, opened.lost]);
  while (await sourceChanged(ends)) {
    say('Changed: building …');
    if (await build()) return;
    say('The build failed: the last good one keeps running');
  }
  if (opened.lost.aborted) throw toError(opened.lost.reason);
}

/** True once a file below apps/ or libs/ has changed and things are quiet; false if `signal` came first. */
async function sourceChanged(signal: AbortSignal): Promise<boolean> {
  const watching = new AbortController();
  const either = AbortSignal.any([signal, watching.signal]);
  const first = await Promise.race(
    ['apps', 'libs'].map(async (folder) => {
      try {
        for await (const { filename } of watch(join(ROOT, folder), { recursive: true, signal: either })) {
          if (/\.(ts|lua|json)$/.test(filename ?? '')) return true;
        }
      } catch (error) {
        if (!either.aborted) throw error;
      }
      return false;
    }),
  );
  watching.abort();
  if (first) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return first;
}

async function build(): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/with-build.mjs')], { stdio: ['ignore', 2, 2] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
