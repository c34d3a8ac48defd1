import type { Command } from 'commander';
import type { Settings } from '#libs/config';
import { appError, TERMINAL_RUN_STATES, type RunRecord } from '#libs/contracts';
import type { Logger } from '#libs/observability';
import type { CreatedRun, RunRef } from '#libs/run-state';
import { openCell } from '../cell/open-cell';
import type { OpenCell } from '../cell/opened-cell';
import type { ConnectedCell } from '../cell/connected-cell';
import { EXIT } from '../exit-code';
import { teach, type HelpPage } from '../help/teach';
import { estimateReport } from '../output/estimate-report';
import type { Reporter } from '../output/reporter.port';
import { runReport } from '../output/run-report';
import { acceptRun } from '../run/accept-run';
import { withCompanies } from '../run/given-companies';
import { resultOfRun, type ResultLine } from '../run/result-line';
import { addRunOptions, parseRunOptions, type RunOptions } from '../run/run-options';
import { watchRun } from '../run/watch-run';
import type { CommandContext } from '../command-context';

const HELP: HelpPage = {
  examples: [
    [
      `leadgen run --tenant-id acme --companies companies.csv \\
    --icp-payload '{"industries":["software"],"countries":["DE"]}'`,
    ],
    [
      'leadgen run --tenant-id acme --companies companies.csv --icp-payload @icp.json --limit 100 --budget 5.00',
    ],
    [
      'leadgen run --tenant-id acme --companies companies.csv --icp-payload @icp.json --dry-run',
      'what it would take: calls, cost, time; nothing is bought',
    ],
    [
      'ORCHESTRATOR_OFFLINE=1 leadgen run --tenant-id acme --companies companies.csv',
      'nothing leaves the machine: vendors are simulated',
    ],
    [
      'REDIS_URL=redis://… leadgen run --tenant-id acme --companies companies.csv --no-wait',
      'for the workers of that Redis; leadgen status shows where it is',
    ],
  ],
  notes: [
    'The last line of stdout is {"event":"result",…} with the same exit_code, whatever happened. Ctrl-C ends what was started\n' +
      'and keeps the run; a second one ends at once.',
  ],
  prints:
    'the stages live on a terminal, else one object per change and a heartbeat; the result has leads, cost and files.',
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 69, 130, 143],
  seeAlso: ['leadgen status --wait', 'leadgen leads', 'leadgen help output', 'docs/icp.md', 'docs/input.md'],
};
/** `leadgen run`: starts a run in the cell of `REDIS_URL`, or in a private one, and waits for its end. */
export function runCommand(program: Command, context: CommandContext): void {
  const command = addRunOptions(
    program.command('run').description('run the pipeline on a file of companies'),
  ).action(async () => {
    const options = parseRunOptions(command.opts());
    const reporter = context.reporter(options.json);
    const { result } = await executeRun(options, context, reporter, (_cell, record) => {
      if (record.output) reporter.show(`\n${endReport(record)}\n`);
    });
    context.end(result, reporter);
  });
  teach(command, HELP);
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
  const { settings } = context;
  // Before anything is started: what cannot work is answered at once.
  if (!options.wait && settings.redis.url === undefined) {
    throw appError(
      'usage',
      '--no-wait needs REDIS_URL, the cell whose workers do the run: without it, the run ends with this command',
    );
  }
  return withCompanies(options.companiesFile, context, (file) =>
    runOn(file, options, context, reporter, inspect),
  );
}

async function runOn(
  file: string | undefined,
  options: RunOptions,
  { settings, logger, signal }: Parameters<typeof executeRun>[1],
  reporter: Reporter,
  inspect: RunSurroundings['inspect'],
): Promise<ExecutedRun> {
  const { timeoutMs, series } = options;
  const askedAt = performance.now();
  // The second of two ticks waits for the first to leave the folder, and tells what its run came to.
  const folderWaitMs = series.tick === undefined ? 0 : timeoutMs;
  const note = (text: string): void => reporter.note(text);
  const opened = await openCell({ settings, logger, signal, note, folderWaitMs });
  try {
    return await runIn(opened, options, {
      file,
      settings,
      signal,
      reporter,
      inspect,
      askedAt,
      openedAt: performance.now(),
    });
  } finally {
    await opened.close();
  }
}

interface RunSurroundings {
  /** Where its companies are. */
  file: string | undefined;
  settings: Settings;
  signal: AbortSignal;
  reporter: Reporter;
  inspect: (cell: ConnectedCell, record: RunRecord) => Promise<void> | void;
  /** When the command was given, and when the cell was there, by this process's steady clock. */
  askedAt: number;
  openedAt: number;
}

async function runIn(opened: OpenCell, options: RunOptions, around: RunSurroundings): Promise<ExecutedRun> {
  const { file, settings, signal, reporter, inspect, askedAt } = around;
  for (;;) {
    if (signal.aborted) {
      throw appError('run_stopped', 'interrupted before the run was accepted: nothing was done');
    }
    const { offline } = settings.runtime;
    const accepted = await acceptRun(options, opened.cell, {
      offline,
      sinceMs: performance.now() - askedAt,
      file,
    });
    if ('earlier' in accepted) {
      const { overlap } = options.series;
      // A private cell's workers live as long as a command does: nobody else would get the earlier run on.
      const stay = overlap === 'wait' || opened.embedded;
      const record = stay
        ? await follow(accepted.earlier, options, opened, around)
        : await opened.cell.runs.get(accepted.earlier);
      if (overlap === 'wait' && TERMINAL_RUN_STATES.includes(record.state)) continue;
      return { record, result: await overlappedResult(record, opened) };
    }
    const { run } = accepted;
    reporter.accepted(run);
    if (!options.wait) return { result: enqueuedResult(run) };
    const record = await follow(run, options, opened, around);
    await inspect(opened.cell, record);
    const result = { ...(await resultOfRun(record, opened.cell.storage)), created: run.created };
    if (TERMINAL_RUN_STATES.includes(record.state)) return { record, result };
    return { record, result: { ...result, message: whatBecomesOf(record, opened, settings) } };
  }
}

async function follow(
  run: RunRef,
  options: RunOptions,
  opened: OpenCell,
  { settings, reporter, signal, openedAt }: RunSurroundings,
): Promise<RunRecord> {
  const leftMs = Math.max(0, Math.ceil(openedAt + options.timeoutMs - performance.now()));
  const ends = AbortSignal.any([signal, AbortSignal.timeout(leftMs), opened.lost]);
  const record = await watchRun(opened.cell, run, { settings, reporter }, ends);
  if (opened.lost.aborted) throw opened.lost.reason;
  return record;
}

/** For a run that was not started, since an earlier one of its series is in its way: how that one stands decides the exit code. */
async function overlappedResult(record: RunRecord, { cell }: OpenCell): Promise<ResultLine> {
  const stands = TERMINAL_RUN_STATES.includes(record.state) ? 'had not ended until now' : 'has not ended';
  return {
    ...(await resultOfRun(record, cell.storage)),
    created: false,
    overlapped: true,
    message: `Nothing was started: run ${record.run_id} of thread ${record.thread_id} ${stands} (${record.status.message})`,
  };
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

function enqueuedResult(run: CreatedRun): ResultLine {
  return {
    event: 'result',
    exit_code: EXIT.completed,
    state: 'queued',
    tenant_id: run.tenantId,
    thread_id: run.threadId,
    run_id: run.runId,
    created: run.created,
    message: `Enqueued; leadgen status --tenant-id ${run.tenantId} --run-id ${run.runId} shows where it is`,
  };
}
