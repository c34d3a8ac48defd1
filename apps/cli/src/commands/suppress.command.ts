import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import {
  add,
  check,
  rekey,
  remove,
  type SuppressOptions,
  type SuppressVerb,
} from '../tenancy/suppress-verbs';

const EXAMPLES = `
Examples, all with REDIS_URL=redis://… of the cell:
  leadgen suppress add --tenant-id acme --domain globex.com --company "Initech GmbH"
  leadgen suppress add --tenant-id acme --file - < objections.csv     lines like email,ada@acme.example
  leadgen suppress check --tenant-id acme --email ada@acme.example

What is on the list is neither looked up nor exported. Only keyed hashes are kept, so the list cannot be read.
`;

/** `leadgen suppress`: whom a tenant must not look up nor write to. */
export function suppressCommand(program: Command, context: CommandContext): void {
  const suppress = program
    .command('suppress')
    .description('whom a tenant must not look up nor write to: add, remove, check, rekey')
    .addHelpText('after', EXAMPLES);
  const verb = (name: string, description: string, does: SuppressVerb): void => {
    const command = suppress
      .command(name)
      .description(description)
      .option('--tenant-id <id>', 'whose list')
      .option('--email <address...>', 'people')
      .option('--domain <domain...>', 'companies by their domain')
      .option('--company <name...>', 'companies by their name')
      .option('--file <path>', 'lines of kind,value; - for stdin')
      .option('--json', 'NDJSON also on a terminal');
    command.action((options: SuppressOptions) => run(does, options, context));
  };
  suppress
    .command('rekey')
    .description('write entries of before there was a key anew under LEADGEN_SUPPRESSION_KEY')
    .option('--tenant-id <id>', 'whose list; not given: all tenants’')
    .option('--json', 'NDJSON also on a terminal')
    .action((options: SuppressOptions) => run(rekey, options, context));
  verb('add', 'put people and companies on the list', add);
  verb('remove', 'take them off the list', remove);
  verb('check', 'say who is on the list', check);
}

async function run(verb: SuppressVerb, options: SuppressOptions, context: CommandContext): Promise<void> {
  const { text, ...members } = await verb(options, context);
  const reporter = context.reporter(options.json ?? false);
  reporter.show(text);
  context.end({ event: 'result', exit_code: EXIT.completed, state: 'done', ...members }, reporter);
}
