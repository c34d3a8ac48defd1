import type { Command } from 'commander';
import { appError, runIdSchema } from '#libs/contracts';
import type { RunRef } from '#libs/run-state';
import { typedTenant } from '../typed/tenant-id';
import type { CommandContext } from '../command-context';
import { connectCell, type ConnectedCell } from '../cell/connected-cell';
import { resultOfRun } from '../run/result-line';

const EXAMPLES = `
Examples:
  REDIS_URL=redis://… leadgen status --tenant-id acme --run-id run_01J8ZC…
  REDIS_URL=redis://… leadgen status --tenant-id acme --thread-id q3   the latest run of a thread
`;

/** `leadgen status`: where a run is, with its history. */
export function statusCommand(program: Command, context: CommandContext): void {
  addRunReference(program.command('status').description('show where a run is'))
    .addHelpText('after', EXAMPLES)
    .action(async (raw: RunReferenceOptions) => {
      await withRun(raw, context, async (cell, run) => {
        const record = await cell.runs.get(run);
        const reporter = context.reporter(raw.json ?? false);
        for (const event of await cell.runs.events(run)) reporter.event(event);
        // A run that is still going is not an error of this command.
        context.end({ ...resultOfRun(record, cell.storage), exit_code: 0 }, reporter);
      });
    });
}

export interface RunReferenceOptions {
  tenantId?: string;
  runId?: string;
  threadId?: string;
  json?: boolean;
}

export function addRunReference(command: Command): Command {
  return command
    .option('--tenant-id <id>', 'whose run it is')
    .option('--run-id <id>', 'the run')
    .option('--thread-id <id>', 'or the latest run of this thread')
    .option('--json', 'NDJSON also on a terminal');
}

/** Finds the run in the cell of `REDIS_URL`. Throws `usage` or `run_not_found`. */
export async function withRun(
  { tenantId, runId, threadId }: RunReferenceOptions,
  { settings, logger }: CommandContext,
  use: (cell: ConnectedCell, run: RunRef) => Promise<void>,
): Promise<void> {
  if (settings.redis.url === undefined) {
    throw appError('usage', 'REDIS_URL is not set: it names the cell whose runs are shown');
  }
  if (tenantId === undefined || (runId === undefined && threadId === undefined)) {
    throw appError('usage', 'which run? pass --tenant-id <id> and --run-id <id> or --thread-id <id>');
  }
  const tenant = typedTenant(tenantId);
  if (runId !== undefined && !runIdSchema.safeParse(runId).success) {
    throw appError('usage', `--run-id ${runId}: a run id looks like run_01J8ZC…`);
  }
  const cell = await connectCell(settings.redis.url, settings, logger);
  try {
    const found = runId ?? (await cell.runs.runsOfThread(tenant, threadId ?? '', 1))[0];
    if (found === undefined) throw appError('run_not_found', `there is no run in thread ${threadId ?? ''}`);
    await use(cell, { tenantId: tenant, runId: found });
  } finally {
    await cell.close();
  }
}
