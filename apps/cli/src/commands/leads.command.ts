import type { Command } from 'commander';
import { BUCKETS, type ListedLead } from '#libs/contracts';
import { counted } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import { CELL_NOTE, teach } from '../help/teach';
import { leadsOptions, type LeadsOptions, type RawLeadsOptions } from '../leads/leads-options';
import { runLeads, type RunLeads } from '../leads/run-leads';
import { leadsTable } from '../output/leads-table';
import type { Reporter } from '../output/reporter.port';
import { writeAll } from '../output/write-all';
import type { ResultLine } from '../run/result-line';
import { addRunReference, withRun } from '../run/run-reference';
import { wordOption } from '../typed/word-option';

/** `leadgen leads`: the leads of a run, also while it goes on. */
export function leadsCommand(program: Command, context: CommandContext): void {
  const command = addRunReference(program.command('leads').description('show the leads of a run, best first'))
    .addOption(wordOption('--bucket <bucket>', 'only these', BUCKETS))
    .option('--min-score <n>', 'of this score or a better one, 0 to 100')
    .option('--new-only', 'only companies that no export of an earlier run has had')
    .option('--limit <n>', 'at most so many (on a terminal 20, else all)')
    .option('--csv', 'CSV as in leads.csv, and nothing else on stdout')
    .action(async (raw: RawLeadsOptions) => {
      const options = leadsOptions(raw, process.stdout.isTTY);
      await withRun(raw, context, async (cell, run) => {
        const record = await cell.runs.get(run);
        const { filter, limit } = options;
        const suppressionKey = context.settings.suppression.key;
        const found = await runLeads(cell, { run, record, filter, suppressionKey }, limit, context.signal);
        const reporter = context.reporter(raw.json ?? false);
        const result = {
          event: 'result' as const,
          exit_code: EXIT.completed,
          state: record.state,
          run_id: run.runId,
          ranked: found.ranked,
        };
        if (options.format === 'csv') return writeCsv(found, context);
        const { leads, message } = await tell(found, options, reporter);
        context.end({ ...result, message, leads } satisfies ResultLine, reporter);
      });
    });
  teach(command, {
    examples: [
      ['leadgen leads --tenant-id acme --thread-id q3'],
      ['leadgen leads --tenant-id acme --run-id run_01J8ZC… --csv > leads.csv'],
      ['leadgen leads --tenant-id acme --thread-id q3 --new-only --bucket A --json'],
    ],
    notes: [
      CELL_NOTE,
      'Of a run that goes on, the finished leads come without a rank. Whoever has come onto the suppression list is left out.',
    ],
    prints: 'a table of leads, CSV with --csv, or one object per lead.',
    exitCodes: [0, 2, 69],
    seeAlso: ['leadgen runs', 'leadgen status', 'leadgen suppress'],
  });
}

async function tell(
  { leads, ranked }: RunLeads,
  { format }: LeadsOptions,
  reporter: Reporter,
): Promise<{ leads: number; message: string }> {
  const shown: ListedLead[] = [];
  let count = 0;
  for await (const lead of leads) {
    count += 1;
    reporter.row({ event: 'lead', ...lead });
    if (format === 'table') shown.push(lead);
  }
  const message = `${counted(count, 'lead')}${ranked ? '' : ', not ranked yet'}`;
  reporter.show(shown.length > 0 ? `${leadsTable(shown)}\n${message}` : message);
  return { leads: count, message };
}

async function writeCsv({ leads }: RunLeads, { signal }: CommandContext): Promise<void> {
  const { leadsAsCsv } = await import('#libs/sinks');
  await writeAll(process.stdout, leadsAsCsv(leads), signal);
}
