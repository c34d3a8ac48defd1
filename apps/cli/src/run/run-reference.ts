import type { Command } from 'commander';
import { appError, runIdSchema, threadIdSchema } from '#libs/contracts';
import { activeRunOfThread, type RunRef, type RunRepository } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import { withStandingCell, type StandingRedis } from '../cell/standing-cell';
import type { CommandContext } from '../command-context';
import { typedTenant } from '../typed/tenant-id';

/** How a run is named on the command line, not checked yet. */
export interface RunReferenceOptions {
  tenantId?: string;
  runId?: string;
  threadId?: string;
  json?: boolean;
}

/** Of a thread's runs: `latest`, to look at · `active`, to do something with it: the one that has not ended, else the latest. */
export type MeantRun = 'latest' | 'active';

export function addRunReference(command: Command, meant: MeantRun = 'latest'): Command {
  const ofThread =
    meant === 'latest' ? 'or the latest run of this thread' : 'or the active run of this thread';
  return command
    .option('--tenant-id <id>', 'whose run it is')
    .option('--run-id <id>', 'the run')
    .option('--thread-id <id>', ofThread)
    .option('--json', 'NDJSON also on a terminal');
}

/** Finds the run in the cell that is meant. Throws `usage`, `run_not_found`, `run_ambiguous`, or as `withStandingCell`. */
export async function withRun(
  options: RunReferenceOptions,
  context: CommandContext,
  use: (cell: ConnectedCell, run: RunRef, standing: Pick<StandingRedis, 'asleep'>) => Promise<void>,
  meant: MeantRun = 'latest',
): Promise<void> {
  const { tenantId, ...named } = checked(options);
  await withStandingCell(context, async (cell, standing) => {
    const runId = named.runId ?? (await runOfThread(cell.runs, tenantId, named.threadId, meant));
    await use(cell, { tenantId, runId }, standing);
  });
}

type NamedRun = { tenantId: string } & ({ runId: string } | { runId: undefined; threadId: string });

function checked({ tenantId, runId, threadId }: RunReferenceOptions): NamedRun & { threadId: string } {
  if (tenantId === undefined || (runId === undefined && threadId === undefined)) {
    throw appError('usage', 'which run? pass --tenant-id <id> and --run-id <id> or --thread-id <id>');
  }
  const tenant = typedTenant(tenantId);
  if (runId !== undefined && threadId !== undefined) {
    throw appError('usage', '--run-id and --thread-id both name a run: give one of them');
  }
  if (runId !== undefined && !runIdSchema.safeParse(runId).success) {
    throw appError('usage', `--run-id ${runId}: a run id looks like run_01J8ZC…; leadgen runs lists them`);
  }
  if (threadId !== undefined && !threadIdSchema.safeParse(threadId).success) {
    throw appError(
      'usage',
      `--thread-id ${JSON.stringify(threadId)}: no thread is called so; leadgen runs lists them`,
    );
  }
  return { tenantId: tenant, runId, threadId: threadId ?? '' };
}

async function runOfThread(
  runs: RunRepository,
  tenantId: string,
  threadId: string,
  meant: MeantRun,
): Promise<string> {
  const runId =
    meant === 'active'
      ? await activeRunOfThread(runs, tenantId, threadId)
      : (await runs.runsOfThread(tenantId, threadId, 1))[0];
  if (runId !== undefined) return runId;
  throw appError(
    'run_not_found',
    `tenant ${tenantId} has no run in thread ${threadId}; leadgen runs lists them`,
  );
}
