import type { Command } from 'commander';
import { CATCH_UPS, SCHEDULE_OVERLAPS } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { teach, type HelpPage } from '../help/teach';
import { addRequestOptions } from '../run/run-options';
import type { RawScheduleOptions } from '../schedules/schedule-options';
import {
  add,
  list,
  pause,
  remove,
  rerun,
  resume,
  runNow,
  show,
  type ScheduleVerb,
} from '../schedules/schedule-verbs';
import { wordOption } from '../typed/word-option';

const HELP: HelpPage = {
  examples: [
    [
      `leadgen schedules add --tenant-id acme --name nightly --cron '30 2 * * *' --time-zone Europe/Berlin \\\n` +
        `    --companies companies.csv --icp-payload @icp.json --limit 100`,
    ],
    ['leadgen schedules list --tenant-id acme'],
    ['leadgen schedules show --tenant-id acme --name nightly', 'what became of its slots'],
    ['leadgen schedules pause --tenant-id acme --name nightly'],
    [
      'leadgen schedules resume --tenant-id acme --name nightly',
      'slots that have passed are not made up for',
    ],
    ['leadgen schedules run-now --tenant-id acme --name nightly'],
    ['leadgen schedules remove --tenant-id acme --name nightly', 'its runs stay'],
    [
      'leadgen schedules rerun --tenant-id acme --name nightly --slot 2026-11-26T01:30Z',
      'a night that was missed',
    ],
  ],
  notes: [
    'All need REDIS_URL: the normalize workers of that cell start the runs. docs/schedules.md explains the policies.',
  ],
  prints: 'a table or a sentence; the result has "schedules", or the "schedule" with its next slots.',
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen runs', 'docs/schedules.md', 'docs/cron.md'],
};

/** `leadgen schedules` and its verbs: runs that the cell starts by itself, without cron. */
export function schedulesCommand(program: Command, context: CommandContext): void {
  const schedules = program
    .command('schedules')
    .description('runs that the cell’s workers start by the clock');
  const verb = (command: Command, does: ScheduleVerb): Command =>
    command
      .option('--json', 'NDJSON also on a terminal')
      .action(async () => run(does, command.opts<RawScheduleOptions>(), context));
  const named = (name: string, description: string): Command =>
    schedules
      .command(name)
      .description(description)
      .option('--tenant-id <id>', 'whose')
      .option('--name <name>', 'which schedule');
  addVerb(schedules, verb);
  verb(
    schedules.command('list').description('list a tenant’s schedules').option('--tenant-id <id>', 'whose'),
    list,
  );
  verb(named('show', 'show a schedule and what became of its last hundred slots'), show);
  verb(named('pause', 'let its slots pass; what is under way goes on'), pause);
  verb(named('resume', 'go on with the next slot'), resume);
  verb(named('remove', 'end it; its runs stay'), remove);
  verb(named('run-now', 'start a run now, or as soon as an earlier one has ended'), runNow);
  verb(
    named('rerun', 'start the run of a slot that was missed or skipped').option(
      '--slot <time>',
      'the slot’s time in UTC, e.g. 2026-11-26T01:30Z',
    ),
    rerun,
  );
  teach(schedules, HELP);
}

function addVerb(schedules: Command, verb: (command: Command, does: ScheduleVerb) => Command): void {
  const command = addRequestOptions(schedules.command('add').description('make a schedule'))
    .option('--name <name>', 'what it is called; also the thread of its runs')
    .option('--cron <expression>', 'minute hour day month weekday, e.g. "30 2 * * *"')
    .option('--time-zone <zone>', 'whose clock that is by, e.g. Europe/Berlin; not given: UTC')
    .option('--dataset-id <id>', 'uploaded companies, instead of a file; they are copied')
    .addOption(
      wordOption(
        '--overlap <policy>',
        'while an earlier run has not ended; not given: skip',
        SCHEDULE_OVERLAPS,
      ),
    )
    .addOption(
      wordOption('--catch-up <policy>', 'slots that nobody was there for; not given: last', CATCH_UPS),
    )
    .option('--catch-up-max <n>', 'with all: so many at most; not given: 7');
  verb(command, add);
}

async function run(verb: ScheduleVerb, options: RawScheduleOptions, context: CommandContext): Promise<void> {
  const { text, ...members } = await verb(options, context);
  const reporter = context.reporter(options.json ?? false);
  reporter.show(text);
  context.end({ event: 'result', exit_code: EXIT.completed, state: 'done', ...members }, reporter);
}
