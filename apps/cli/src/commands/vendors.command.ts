import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { addActor } from '../audit/actor';
import { does } from '../output/verb';
import {
  listCredentials,
  removeCredential,
  setCredential,
  type CredentialVerb,
} from '../tenancy/credential-verbs';
import { limit, weight } from '../vendors/tuning-verbs';
import { close, doubts, explain, list, reopen, resolve, type Verb } from '../vendors/vendor-verbs';

const HELP: HelpPage = {
  examples: [
    ['leadgen vendors', 'who can be asked, what is used of every cap, what waits'],
    [
      'leadgen vendors explain --vendor ID --tenant-id acme --run-id run_01J8ZC…',
      'what a call of this run would wait for',
    ],
    ['leadgen vendors close --vendor ID --for 10m --why "maintenance"'],
    ['leadgen vendors reopen --vendor ID', 'runs go on within two seconds'],
    ['leadgen vendors doubts --tenant-id acme', 'paid calls of unknown outcome, not repeated until resolved'],
    ['leadgen vendors resolve --tenant-id acme --call CALL --as not-bought'],
    [
      'leadgen vendors limit --vendor ID --window minute --limit 10',
      'until it is taken back with --clear; felt within a second',
    ],
    ['leadgen vendors weight --tenant-id acme --weight 2'],
    [
      'leadgen vendors credentials set --tenant-id acme --vendor ID < key.txt',
      'the tenant’s calls use its own key and count in a cap of its own',
    ],
    ['leadgen vendors credentials list --tenant-id acme'],
    ['leadgen vendors credentials remove --tenant-id acme --vendor ID'],
  ],
  prints:
    'a table or a sentence; the result has "vendors", what a call "waits_for", "doubts", or whether it "changed".',
  notes: [CELL_NOTE],
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen rehearse', 'leadgen runs', 'docs/vendors.md', 'docs/gate.md'],
};

const VENDOR = ['--vendor <id>', 'as leadgen vendors lists it'] as const;
const TENANT = ['--tenant-id <id>', 'whose'] as const;
const CLEAR = ['--clear', 'take back what was set'] as const;

/** `leadgen vendors` and its verbs: what the gate knows of every vendor of a cell, and what a person may do about it. */
export function vendorsCommand(program: Command, context: CommandContext): void {
  const vendors = program
    .command('vendors')
    .description('show vendors: usable or not, caps, what waits; close, reopen, tune, explain, resolve');
  does(vendors, list, context);
  const verb = (name: string, description: string, act: Verb): Command =>
    does(vendors.command(name).description(description), act, context);
  const change = (name: string, description: string, act: Verb): Command =>
    addActor(verb(name, description, act));
  verb('explain', 'say what a call of a vendor would wait for', explain)
    .option(...VENDOR)
    .option('--tenant-id <id>', 'whose run: its budgets and state count, too')
    .option('--run-id <id>', 'which run');
  change('close', 'let nobody call a vendor for a time; runs wait or pause', close)
    .option(...VENDOR)
    .option('--for <duration>', 'for how long, e.g. 10m, 2h, 1d')
    .option('--why <text>', 'shown to whoever waits');
  change('reopen', 'open a closed vendor at once, its breaker, too', reopen).option(...VENDOR);
  change('limit', 'set the limit of a window of a vendor’s cap while the cell runs', limit)
    .option(...VENDOR)
    .option('--window <name>', 'which, as leadgen vendors lists it')
    .option('--limit <n>', 'how many per window')
    .option(...CLEAR);
  change('weight', 'set a tenant’s share against others’ while the cell runs', weight)
    .option(...TENANT)
    .option('--weight <n>', 'from 0.01 to 1000; 1 is everybody’s')
    .option(...CLEAR);
  verb('doubts', 'list paid calls of unknown outcome', doubts).option(...TENANT);
  change('resolve', 'say how a call of unknown outcome ended', resolve)
    .option(...TENANT)
    .option('--call <call>', 'the call, as leadgen vendors doubts lists it')
    .option('--as <outcome>', 'bought | not-bought');
  credentialsCommand(vendors, context);
  teach(vendors, HELP);
}

function credentialsCommand(vendors: Command, context: CommandContext): void {
  const credentials = vendors
    .command('credentials')
    .alias('credential')
    .description('a tenant’s own keys for vendors: set, list, remove');
  const ofTenant = (name: string, description: string, act: CredentialVerb): Command =>
    does(
      credentials
        .command(name)
        .description(description)
        .option(...TENANT),
      act,
      context,
    );
  addActor(ofTenant('set', 'read the key from stdin and store it, encrypted', setCredential)).option(
    ...VENDOR,
  );
  ofTenant('list', 'for which vendors there are keys; never the keys', listCredentials);
  addActor(ofTenant('remove', 'take it back: the platform’s is used again', removeCredential))
    .alias('delete')
    .option(...VENDOR);
}
