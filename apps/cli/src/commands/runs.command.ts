import type { Command } from 'commander';
import { RUN_SOURCES, RUN_STATES } from '#libs/contracts';
import { counted } from '#libs/kernel';
import { RunList } from '#libs/run-state';
import { withStandingCell } from '../cell/standing-cell';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { CELL_NOTE, teach } from '../help/teach';
import { listedRuns } from '../runs/listed-runs';
import { runLine } from '../runs/run-line';
import { runsOptions, type RawRunsOptions } from '../runs/runs-options';
import { runsTable } from '../runs/runs-table';
import { wordOption } from '../typed/word-option';

/** `leadgen runs`: a tenant's runs, or all that have not ended. */
export function runsCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('runs')
    .description('list runs: those of a tenant, or all that have not ended')
    .option('--tenant-id <id>', 'of this tenant, newest first; without it all that have not ended')
    .option('--thread-id <id>', 'of this thread')
    .addOption(wordOption('--source <source>', 'that came this way', RUN_SOURCES))
    .addOption(wordOption('--state <state>', 'that are in this state', RUN_STATES))
    .option('--limit <n>', 'at most so many', '20')
    .option('--json', 'NDJSON also on a terminal')
    .action(async (raw: RawRunsOptions) => {
      const options = runsOptions(raw);
      await withStandingCell(context, async (cell) => {
        const found = await listedRuns(
          { list: new RunList(cell.redis, cell.keys), runs: cell.runs },
          options,
        );
        const reporter = context.reporter(raw.json ?? false);
        for (const run of found.runs) reporter.row(runLine(run));
        const more = found.all ? '' : ', and there are more (--limit)';
        const message = `${counted(found.runs.length, 'run')}${more}`;
        reporter.show(found.runs.length > 0 ? `${runsTable(found.runs, new Date())}\n${message}` : message);
        const { all, unreadable } = found;
        context.end(
          { event: 'result', exit_code: EXIT.completed, state: 'done', message, all, unreadable },
          reporter,
        );
      });
    });
  teach(command, {
    examples: [
      ['leadgen runs', 'what is going on, of all tenants'],
      ['leadgen runs --tenant-id acme --limit 50'],
      ['leadgen runs --tenant-id acme --source cron --state failed', 'nights that went wrong'],
      ['leadgen runs --state paused --json', 'for scripts'],
    ],
    notes: [CELL_NOTE],
    prints: 'a table of runs, the newest first, or "runs" in the result.',
    exitCodes: [0, 2, 69],
    seeAlso: ['leadgen status', 'leadgen events', 'leadgen leads'],
  });
}
