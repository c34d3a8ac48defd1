import type { Command } from 'commander';
import { addActor } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { EXIT } from '../exit-code';
import { create, list, revoke, rotate, type KeyVerb } from '../keys/key-verbs';
import type { KeysOptions } from '../keys/keys-options';

const HELP: HelpPage = {
  examples: [
    [
      'leadgen keys create --tenant-id acme --expires 90d --scopes orchestrations:read,orchestrations:write',
      'the key is shown this once',
    ],
    ['leadgen keys list --tenant-id acme'],
    [
      'leadgen keys rotate --tenant-id acme --key ID --overlap 24h',
      'a new key; the old one is good for a day more',
    ],
    ['leadgen keys revoke --tenant-id acme --key ID'],
  ],
  prints:
    'the new key on a line of its own, a table, or a sentence; the result has "key" and "key_id", or "keys".',
  notes: [CELL_NOTE],
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen tenants', 'leadgen audit', 'docs/api.md'],
};

/** `leadgen keys` and its verbs: the keys by which tenants use the API. What they change is in the audit log. */
export function keysCommand(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('make, list, rotate and revoke tenants’ API keys');
  const verb = (name: string, description: string, does: KeyVerb): Command => {
    const command = keys
      .command(name)
      .description(description)
      .option('--tenant-id <id>', 'whose')
      .option('--json', 'NDJSON also on a terminal');
    return addActor(command).action(async () => run(does, command.opts<KeysOptions>(), context));
  };
  const key = ['--key <id>', 'which, as leadgen keys list shows it'] as const;
  const expires = (otherwise: string) =>
    ['--expires <duration>', `for how long it is good, e.g. 90d; ${otherwise}`] as const;
  verb('create', 'make a key of a tenant; it is shown this once', create)
    .option('--scopes <scopes>', 'what it may do, with commas; not given: everything')
    .option(...expires('not given: without end'));
  verb('list', 'list a tenant’s keys, never their secrets', list);
  verb('rotate', 'make the next key in place of one; the old one is good for a while', rotate)
    .option(...key)
    .option('--overlap <duration>', 'how long the old key is still good; not given: 24h')
    .option(...expires('not given: as long as the old one'));
  verb('revoke', 'end a key at once', revoke).option(...key);
  teach(keys, HELP);
}

async function run(verb: KeyVerb, options: KeysOptions, context: CommandContext): Promise<void> {
  const { text, ...members } = await verb(options, context);
  const reporter = context.reporter(options.json ?? false);
  reporter.show(text);
  context.end({ event: 'result', exit_code: EXIT.completed, state: 'done', ...members }, reporter);
}
