import type { Command } from 'commander';
import { addActor } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { does } from '../output/verb';
import { erase } from '../tenancy/erase-verbs';

const HELP: HelpPage = {
  examples: [
    ['leadgen erase --tenant-id acme --email ada@globex.example --wait 10m'],
    ['leadgen erase --tenant-id acme --domain globex.example'],
    ['leadgen erase --tenant-id acme --receipt era_…', 'how far an erasure is'],
  ],
  prints: 'a sentence; the result has the "receipt" and how far the "erasure" is.',
  notes: [
    'Who is erased is suppressed first. The work is done by a worker of the normalize stage; the receipt does not say whose\n' +
      'data it was.',
    CELL_NOTE,
  ],
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen suppress', 'leadgen audit', 'docs/tenants.md'],
};

/** `leadgen erase`: takes a person or a company out of all that is kept of a tenant. */
export function eraseCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('erase')
    .description('take a person or a company out of all that is kept of a tenant')
    .option('--tenant-id <id>', 'whose data')
    .option('--email <address>', 'a person')
    .option('--domain <domain>', 'a company, with everybody who has an address there')
    .option('--receipt <id>', 'look at an earlier erasure')
    .option('--wait <duration>', 'follow it for so long, e.g. 10m; not given: not at all');
  does(addActor(command), erase, context);
  teach(command, HELP);
}
