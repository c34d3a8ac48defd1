import type { Command } from 'commander';
import type { Settings } from '#libs/config';
import { appError, TERMINAL_RUN_STATES, type RunRecord } from '#libs/contracts';
import type { Logger } from '#libs/observability';
import type { RunRef } from '#libs/run-state';
import { openCell } from '../cell/open-cell';
import type { OpenCell } from '../cell/opened-cell';
import type { ConnectedCell } from '../cell/connected-cell';
import { EXIT } from '../exit-code';
import { estimateReport } from '../output/estimate-report';
import type { Reporter } from '../output/reporter.port';
import { runReport } from '../output/run-report';
import { checkCompaniesFile, storeCompaniesFile } from '../run/companies-file';
import { followRun } from '../run/follow-run';
import { resultOfRun, type ResultLine } from '../run/result-line';
import { addRunOptions, parseRunOptions, type RunOptions } from '../run/run-options';
import type { CommandContext } from '../command-context';

const EXAMPLES = `
Examples:
  leadgen run --tenant-id acme --companies companies.csv \\
    --icp-payload '{"industries":["software"],"countries":["DE"]}'
  leadgen run --tenant-id acme --companies companies.csv --icp-payload @icp.json --limit 100 --budget 5.00
  leadgen run --tenant-id acme --companies companies.csv --icp-payload @icp.json --dry-run
                                  what it would take: calls, cost, time; nothing is bought
  ORCHESTRATOR_OFFLINE=1 leadgen run --tenant-id acme --companies companies.csv
                                  nothing leaves the machine: vendors are simulated
  REDIS_URL=redis://… leadgen run --tenant-id acme --companies companies.csv --no-wait
                                  for the workers of that Redis; leadgen status shows where it is

Exit codes: 0 completed, 1 failed, 2 something to correct in what was typed or exported, 3 paused on a
vendor cap, 4 needs input, 5 --timeout is over, 6 partial, 7 cancelled, 69 Redis or workers unreachable.
The last line of stdout is {"event":"result",…} with the same exit_code, whatever happened.
`;

/** `leadgen run`: starts a run in the cell of `REDIS_URL`, or in a private one, and waits for its end. */
export function runCommand(program: Command, context: CommandContext): void {
  addRunOptions(program.command('run').description('run the pipeline on a file of companies'))
    .addHelpText('after', EXAMPLES)
    .action(async (_raw: unknown, command: Command) => {
      const options = parseRunOptions(command.optsWithGlobals());
      const reporter = context.reporter(options.json);
      const { result } = await executeRun(options, context, reporter, (_cell, record) => {
        if (record.output) reporter.show(`\n${endReport(record)}\n`);
      });
      context.end(result, reporter);
    });
}

/** A dry run is asked what it would take, any other what it came to. */
function endReport(record: RunRecord): string {
  const dry = record.request.mode === 'dry-run' ? record.output?.estimate : undefined;
  return dry ? estimateReport(dry) : runReport(record);
}

/** A finished (or abandoned) run with its result line. `record` is absent with `--no-wait`. */
export interface ExecutedRun {
  result: ResultLine;
  record?: RunRecord;
}

/** Starts what is missing, creates the run, follows it, stops what was started. */
export async function executeRun(
  options: RunOptions,
  context: { settings: Settings; logger: Logger; signal: AbortSignal },
  reporter: Reporter,
  inspect: (cell: ConnectedCell, record: RunRecord) => Promise<void> | void = () => undefined,
): Promise<ExecutedRun> {
  const { settings, logger, signal } = context;
  // Before anything is started: what cannot work is answered at once.
  if (!options.wait && settings.redis.url === undefined) {
    throw appError(
      'usage',
      '--no-wait needs REDIS_URL, the cell whose workers do the run: without it, the run ends with this command',
    );
  }
  if (options.companiesFile !== undefined) await checkCompaniesFile(options.companiesFile);
  const opened = await openCell({ settings, logger, signal, note: (text) => reporter.note(text) });
  try {
    if (signal.aborted)
      throw appError('run_stopped', 'interrupted before the run was accepted: nothing was done');
    const run = await createRun(options, opened, settings, reporter);
    if (!options.wait) return { result: enqueuedResult(run) };
    const record = await follow(run, options, opened, reporter, signal);
    await inspect(opened.cell, record);
    const result = resultOfRun(record, opened.cell.storage);
    if (TERMINAL_RUN_STATES.includes(record.state)) return { record, result };
    return { record, result: { ...result, message: whatBecomesOf(record, opened, settings) } };
  } finally {
    await opened.close();
  }
}

async function createRun(
  options: RunOptions,
  { cell }: OpenCell,
  { runtime }: Settings,
  reporter: Reporter,
): Promise<RunRef & { created: boolean }> {
  const { request, companiesFile, idempotencyKey } = options;
  const dataset =
    companiesFile === undefined
      ? {}
      : { dataset_key: await storeCompaniesFile(cell.storage, request.tenant_id, companiesFile) };
  const run = await cell.runs.create(
    // Said of the run, since the workers of a shared cell have settings of their own.
    { ...request, ...dataset, ...(runtime.offline && { offline: true }) },
    { source: 'cli', ...(idempotencyKey !== undefined && { idempotencyKey }) },
  );
  await cell.flow.addRun(run);
  reporter.accepted(run);
  return run;
}

async function follow(
  run: RunRef,
  options: RunOptions,
  opened: OpenCell,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<RunRecord> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs), opened.lost]);
  const record = await followRun(opened.cell.runs, run, reporter, ends);
  if (opened.lost.aborted) throw opened.lost.reason;
  return record;
}

/** For a run that this command leaves unfinished, at its deadline or because it was told to stop. */
function whatBecomesOf(record: RunRecord, { embedded }: OpenCell, { runtime }: Settings): string {
  const { message } = record.status;
  const { tenant_id: tenantId } = record.request;
  return embedded
    ? `Unfinished (${message}). It is kept: the next leadgen run in ${runtime.dataDir} goes on with it`
    : `Unfinished (${message}). It goes on without this command: ` +
        `leadgen status --tenant-id ${tenantId} --run-id ${record.run_id} shows where it is`;
}

function enqueuedResult(run: RunRef): ResultLine {
  return {
    event: 'result',
    exit_code: EXIT.completed,
    state: 'queued',
    tenant_id: run.tenantId,
    run_id: run.runId,
    message: `Enqueued; leadgen status --tenant-id ${run.tenantId} --run-id ${run.runId} shows where it is`,
  };
}
