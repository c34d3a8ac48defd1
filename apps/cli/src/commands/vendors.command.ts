import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { EXIT } from '../exit-code';
import type { ResultLine } from '../run/result-line';
import { deleteCredential, setCredential, type CredentialVerb } from '../tenancy/credential-verbs';
import {
  close,
  doubts,
  explain,
  list,
  reopen,
  resolve,
  type Verb,
  type VendorsOptions,
} from '../vendors/vendor-verbs';

const EXAMPLES = `
Examples, all with REDIS_URL=redis://… of the cell:
  leadgen vendors                 who can be asked, what is used of every cap, what waits
  leadgen vendors explain --vendor ID --tenant-id acme --run-id run_01J8ZC…
                                  what a call of this run would wait for
  leadgen vendors close --vendor ID --for 10m --why "maintenance"
  leadgen vendors reopen --vendor ID
                                  runs go on within two seconds
  leadgen vendors doubts --tenant-id acme
                                  paid calls of unknown outcome, not repeated until resolved
  leadgen vendors resolve --tenant-id acme --call CALL --as not-bought
  leadgen vendors credential set --tenant-id acme --vendor ID < key.txt
                                  the tenant’s calls use its own key and count in a cap of its own

Exit codes: 0 done, also when it was so before; 2 something to correct in what was typed; 69 Redis unreachable.
`;

/** `leadgen vendors` and its verbs: what the gate knows of every vendor of a cell, and what a person may do about it. */
export function vendorsCommand(program: Command, context: CommandContext): void {
  const vendors = program
    .command('vendors')
    .description('show vendors: usable or not, caps, what waits; and close, reopen, explain, resolve')
    .option('--json', 'NDJSON also on a terminal')
    .addHelpText('after', EXAMPLES);
  act(vendors, list, context);
  const verb = (name: string, description: string, does: Verb): Command =>
    act(
      vendors.command(name).description(description).option('--json', 'NDJSON also on a terminal'),
      does,
      context,
    );
  const vendor = ['--vendor <id>', 'as leadgen vendors lists it'] as const;
  const tenant = ['--tenant-id <id>', 'whose'] as const;
  verb('explain', 'say what a call of a vendor would wait for', explain)
    .option(...vendor)
    .option('--tenant-id <id>', 'whose run: its budgets and state count, too')
    .option('--run-id <id>', 'which run');
  verb('close', 'let nobody call a vendor for a time; runs wait or pause', close)
    .option(...vendor)
    .option('--for <duration>', 'for how long, e.g. 10m, 2h, 1d')
    .option('--why <text>', 'shown to whoever waits');
  verb('reopen', 'open a closed vendor at once, its breaker, too', reopen).option(...vendor);
  verb('doubts', 'list paid calls of unknown outcome', doubts).option(...tenant);
  verb('resolve', 'say how a call of unknown outcome ended', resolve)
    .option(...tenant)
    .option('--call <call>', 'the call, as leadgen vendors doubts lists it')
    .option('--as <outcome>', 'bought | not-bought');
  const credential = vendors
    .command('credential')
    .description('a tenant’s own key for a vendor: set, delete');
  const ofTenant = (name: string, description: string, does: CredentialVerb): Command =>
    act(
      credential
        .command(name)
        .description(description)
        .option(...tenant)
        .option(...vendor)
        .option('--json', 'NDJSON also on a terminal'),
      does,
      context,
    );
  ofTenant('set', 'read the key from stdin and store it, encrypted', setCredential);
  ofTenant('delete', 'take it back: the platform’s is used again', deleteCredential);
}

function act(command: Command, verb: Verb, context: CommandContext): Command {
  return command.action(async () => {
    const options = command.optsWithGlobals<VendorsOptions>();
    const { text, ...members } = await verb(options, context);
    const reporter = context.reporter(options.json ?? false);
    reporter.show(text);
    const result: ResultLine = { event: 'result', exit_code: EXIT.completed, state: 'done', ...members };
    context.end(result, reporter);
  });
}
