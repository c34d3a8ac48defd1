import type { Command } from 'commander';
import { read, verify } from '../audit/audit-verbs';
import type { CommandContext } from '../command-context';
import { does } from '../output/verb';

const EXAMPLES = `
Examples, all with REDIS_URL=redis://… of the cell:
  leadgen audit                       the latest 50 entries
  leadgen audit --tenant-id acme --limit 200
  leadgen audit verify                reads the whole log and checks every link of its chain

Exit codes: 0 done; 1 the log is not as it was written; 2 something to correct in what was typed; 69 Redis unreachable.
`;

/** `leadgen audit`: who did what, and whether that record is whole. */
export function auditCommand(program: Command, context: CommandContext): void {
  const audit = program
    .command('audit')
    .description('show who did what in the cell, and check that record')
    .option('--tenant-id <id>', 'what was done about this tenant')
    .option('--limit <n>', 'how many entries, at most 500; not given: 50')
    .option('--before <entry>', 'older ones than this entry')
    .addHelpText('after', EXAMPLES);
  does(audit, read, context);
  does(
    audit.command('verify').description('check that no entry was changed, added or taken out'),
    verify,
    context,
  );
}
