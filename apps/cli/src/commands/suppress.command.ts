import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { addActor } from '../audit/actor';
import { does } from '../output/verb';
import { add, check, rekey, remove, type SuppressVerb } from '../tenancy/suppress-verbs';

const HELP: HelpPage = {
  examples: [
    ['leadgen suppress add --tenant-id acme --domain globex.com --company "Initech GmbH"'],
    ['leadgen suppress add --tenant-id acme --file - < objections.csv', 'lines like email,ada@acme.example'],
    ['leadgen suppress check --tenant-id acme --email ada@acme.example'],
    ['leadgen suppress remove --tenant-id acme --domain globex.com'],
    ['leadgen suppress rekey', 'entries of before there was a key, of all tenants'],
  ],
  prints:
    'a sentence or a table; the result has how many "changed", the "count" on the list, or who is "suppressed".',
  notes: [
    'What is on the list is neither looked up nor exported. Only keyed hashes are kept, so the list cannot be read.',
    CELL_NOTE,
  ],
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen erase', 'leadgen leads', 'docs/tenants.md'],
};

/** `leadgen suppress`: whom a tenant must not look up nor write to. */
export function suppressCommand(program: Command, context: CommandContext): void {
  const suppress = program
    .command('suppress')
    .description('whom a tenant must not look up nor write to: add, remove, check, rekey');
  const verb = (name: string, description: string, act: SuppressVerb): void => {
    const command = suppress
      .command(name)
      .description(description)
      .option('--tenant-id <id>', 'whose list')
      .option('--email <address...>', 'people')
      .option('--domain <domain...>', 'companies by their domain')
      .option('--company <name...>', 'companies by their name')
      .option('--file <path>', 'lines of kind,value; - for stdin');
    does(addActor(command), act, context);
  };
  const rekeying = suppress
    .command('rekey')
    .description('write entries of before there was a key anew under LEADGEN_SUPPRESSION_KEY')
    .option('--tenant-id <id>', 'whose list; not given: all tenants’');
  does(addActor(rekeying), rekey, context);
  verb('add', 'put people and companies on the list', add);
  verb('remove', 'take them off the list', remove);
  verb('check', 'say who is on the list', check);
  teach(suppress, HELP);
}
