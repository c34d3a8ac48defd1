import type { Command } from 'commander';
import { TERMINAL_RUN_STATES } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach } from '../help/teach';
import { runReport } from '../output/run-report';
import { shownSpan } from '../output/shown-times';
import { eventsAfter } from '../run/follow-run';
import { resultOfRun } from '../run/result-line';
import { addRunReference, withRun, type RunReferenceOptions } from '../run/run-reference';
import { watchRun } from '../run/watch-run';
import { TIMEOUT_S_MAX } from '../run/run-options';
import { wholeNumber } from '../typed/whole-number';

interface StatusOptions extends RunReferenceOptions {
  wait?: boolean;
  timeout: string;
}

/** `leadgen status`: where a run is, with its history. */
export function statusCommand(program: Command, context: CommandContext): void {
  const command = addRunReference(
    program.command('status').description('show where a run is, or wait for its end'),
  )
    .option('--wait', 'wait for its end, and end as leadgen run would have')
    .option('--timeout <seconds>', 'stop waiting after so long', '21600')
    .action(async (raw: StatusOptions) => {
      const timeoutMs = wholeNumber('--timeout', raw.timeout, TIMEOUT_S_MAX) * 1000;
      await withRun(raw, context, async (cell, run) => {
        const reporter = context.reporter(raw.json ?? false);
        if (raw.wait === true) {
          const ends = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
          const { settings } = context;
          const record = await watchRun(cell, run, { settings, reporter }, ends);
          if (record.output) reporter.show(`\n${runReport(record)}\n`);
          context.end(await resultOfRun(record, cell.storage), reporter);
          return;
        }
        const record = await cell.runs.get(run);
        for await (const event of eventsAfter(cell.runs, run, 0)) {
          if (context.signal.aborted) break;
          reporter.event(event);
        }
        reporter.show(`\n${record.state}, ${since(record, new Date())}\n${runReport(record)}`);
        // A run that is still going is not an error of this command.
        context.end({ ...(await resultOfRun(record, cell.storage)), exit_code: 0 }, reporter);
      });
    });
  teach(command, {
    examples: [
      ['leadgen status --tenant-id acme --run-id run_01J8ZC…'],
      ['leadgen status --tenant-id acme --thread-id q3', 'the latest run of a thread'],
      [
        'leadgen status --tenant-id acme --thread-id q3 --wait',
        'the live view, and the exit code of the run',
      ],
    ],
    notes: [CELL_NOTE, 'Without --wait it ends with 0 whatever the run came to; the result holds its state.'],
    prints: 'how a run stands, stage by stage; the result has its state, counts, cost and files.',
    exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 69],
    seeAlso: ['leadgen runs', 'leadgen events', 'leadgen leads'],
  });
}

function since(
  {
    state,
    created_at: created,
    finished_at: finished,
  }: { state: string; created_at: string; finished_at: string | null },
  now: Date,
): string {
  return TERMINAL_RUN_STATES.some((terminal) => terminal === state) && finished !== null
    ? `after ${shownSpan(created, finished)}`
    : `for ${shownSpan(created, now.toISOString())}`;
}
