import { Argument, type Command } from 'commander';
import { addActor } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { CELL_NOTE, teach, type HelpPage } from '../help/teach';
import { does } from '../output/verb';
import { get, set, STORED, type StoredOptions } from '../tenancy/stored-verbs';
import { list, show } from '../tenancy/tenant-verbs';

const HELP: HelpPage = {
  examples: [
    ['leadgen tenants', 'all of whom the cell keeps something'],
    ['leadgen tenants list --json'],
    ['leadgen tenants show --tenant-id acme'],
    ['leadgen tenants get icp --tenant-id acme > icp.json'],
    ['leadgen tenants set icp --tenant-id acme --file icp.json'],
    ['leadgen tenants set exclusions --tenant-id acme --file - < customers.json'],
  ],
  prints: 'a table, or what is stored as JSON; the result has "tenants", the "tenant", or what was stored.',
  notes: [
    'What get prints, set takes; an ICP or a profile of null is taken back. Every change is in the audit log.',
    CELL_NOTE,
  ],
  exitCodes: [0, 2, 69],
  seeAlso: ['leadgen keys', 'leadgen vendors credentials', 'docs/tenants.md'],
};

/** `leadgen tenants`: who uses the cell, and what each has stored. */
export function tenantsCommand(program: Command, context: CommandContext): void {
  const tenants = program
    .command('tenants')
    .description('show tenants; read and replace what they have stored: ICP, profile, exclusions');
  does(tenants, list, context);
  does(tenants.command('list').description('all of whom the cell keeps something'), list, context);
  const ofTenant = (name: string, description: string): Command =>
    tenants.command(name).description(description).option('--tenant-id <id>', 'whose');
  does(ofTenant('show', 'active runs, weight, budgets, what is stored, the default webhook'), show, context);
  stored(ofTenant('get', 'print what a tenant has stored, as JSON'), get, context);
  const setting = ofTenant('set', 'replace what a tenant has stored by a file').option(
    '--file <path>',
    'JSON; - for stdin',
  );
  stored(addActor(setting), set, context);
  teach(tenants, HELP);
}

function stored(command: Command, verb: typeof get, context: CommandContext): void {
  command.addArgument(new Argument('<what>', 'icp, profile or exclusions').choices(STORED));
  const chosen = (): Parameters<typeof get>[0] => command.args[0] as Parameters<typeof get>[0];
  does<StoredOptions>(command, (options) => verb(chosen())(options, context), context);
}
