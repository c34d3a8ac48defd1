import type { Command } from 'commander';
import { TERMINAL_RUN_STATES, type RunEvent } from '#libs/contracts';
import { counted } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { eventLine } from '../events/event-line';
import { eventRow } from '../output/ndjson.reporter';
import { CELL_NOTE, teach } from '../help/teach';
import type { Reporter } from '../output/reporter.port';
import { eventsAfter, followRun } from '../run/follow-run';
import { addRunReference, withRun, type RunReferenceOptions } from '../run/run-reference';
import { wholeNumber } from '../typed/whole-number';

interface EventsOptions extends RunReferenceOptions {
  follow?: boolean;
  after: string;
}

const EVENT_ID_MAX = 1_000_000_000;

/** `leadgen events`: what has happened to a run, and on wish what goes on happening. */
export function eventsCommand(program: Command, context: CommandContext): void {
  const command = addRunReference(
    program.command('events').description('show the events of a run, and follow them'),
  )
    .option('--follow', 'go on until the run has ended')
    .option('--after <id>', 'only those after this one: nothing is told twice, nothing is missed', '0')
    .action(async (raw: EventsOptions) => {
      const after = wholeNumber('--after', raw.after, EVENT_ID_MAX, 0);
      await withRun(raw, context, async (cell, run) => {
        // A run that is not there has no events either.
        const { state } = await cell.runs.get(run);
        const reporter = context.reporter(raw.json ?? false);
        const told = telling(reporter);
        if (raw.follow === true && !TERMINAL_RUN_STATES.includes(state)) {
          await followRun(cell.runs, run, told, context.signal, after);
        } else {
          for await (const event of eventsAfter(cell.runs, run, after)) {
            if (context.signal.aborted) break;
            told.event(event);
          }
        }
        const record = await cell.runs.get(run);
        context.end(
          {
            event: 'result',
            exit_code: EXIT.completed,
            state: record.state,
            run_id: run.runId,
            message: `${counted(told.count, 'event')}; the run is ${record.state}`,
            events: told.count,
            last_event_id: told.last,
          },
          reporter,
        );
      });
    });
  teach(command, {
    examples: [
      ['leadgen events --tenant-id acme --run-id run_01J8ZC…'],
      ['leadgen events --tenant-id acme --thread-id q3 --follow'],
      [
        'leadgen events --tenant-id acme --run-id run_01J8ZC… --after 41 --follow --json',
        'go on where a reader broke off',
      ],
    ],
    notes: [CELL_NOTE, 'last_event_id of the result is what the next --after goes on from.'],
    prints: 'one line per event, or one object with its id; the result counts them.',
    exitCodes: [0, 2, 69],
    seeAlso: ['leadgen status', 'leadgen runs'],
  });
}

/** A listener that counts. Events come with their time and number: who looks back wants to know when. */
function telling(reporter: Reporter): {
  count: number;
  last: number | null;
  event: (event: RunEvent) => void;
  heartbeat: Reporter['heartbeat'];
} {
  return {
    count: 0,
    last: null,
    event(event) {
      this.count += 1;
      this.last = event.id;
      reporter.row(eventRow(event));
      reporter.show(eventLine(event));
    },
    heartbeat: (run) => reporter.heartbeat(run),
  };
}
