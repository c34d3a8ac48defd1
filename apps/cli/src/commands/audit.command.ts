import type { Command } from 'commander';
import { read, verify } from '../audit/audit-verbs';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { does } from '../output/verb';

const HELP: HelpPage = {
  examples: [
    ['leadgen audit', 'the latest 50 entries'],
    ['leadgen audit --tenant-id acme --limit 200'],
    ['leadgen audit verify', 'reads the whole log and checks every link of its chain'],
  ],
  prints:
    'a table of entries, or "entries" in the result; verify says whether the log is whole, and its last hash.',
  notes: ['verify ends with 1 where the log is not as it was written.', CELL_NOTE],
  exitCodes: [0, 1, 2, 69],
  seeAlso: ['leadgen keys', 'leadgen suppress', 'docs/ops.md'],
};

/** `leadgen audit`: who did what, and whether that record is whole. */
export function auditCommand(program: Command, context: CommandContext): void {
  const audit = program
    .command('audit')
    .description('show who did what in the cell, and check that record')
    .option('--tenant-id <id>', 'what was done about this tenant')
    .option('--limit <n>', 'how many entries, at most 500; not given: 50')
    .option('--before <entry>', 'older ones than this entry');
  does(audit, read, context);
  does(
    audit.command('verify').description('check that no entry was changed, added or taken out'),
    verify,
    context,
  );
  teach(audit, HELP);
}
