import { Command } from 'commander';
import type { CommandContext } from './command-context';
import { auditCommand } from './commands/audit.command';
import { cancelCommand } from './commands/cancel.command';
import { completionCommand } from './commands/completion.command';
import { demoCommand } from './commands/demo.command';
import { devCommand } from './commands/dev.command';
import { doctorCommand } from './commands/doctor.command';
import { eraseCommand } from './commands/erase.command';
import { eventsCommand } from './commands/events.command';
import { helpCommand } from './commands/help.command';
import { keysCommand } from './commands/keys.command';
import { leadsCommand } from './commands/leads.command';
import { loadtestCommand } from './commands/loadtest.command';
import { opsCommand } from './commands/ops.command';
import { parityCommand } from './commands/parity.command';
import { pauseCommand, resumeCommand } from './commands/pause.command';
import { rehearseCommand } from './commands/rehearse.command';
import { retryCommand } from './commands/retry.command';
import { runCommand } from './commands/run.command';
import { runsCommand } from './commands/runs.command';
import { schedulesCommand } from './commands/schedules.command';
import { statusCommand } from './commands/status.command';
import { summaryCommand } from './commands/summary.command';
import { suppressCommand } from './commands/suppress.command';
import { tenantsCommand } from './commands/tenants.command';
import { vendorsCommand } from './commands/vendors.command';

type AddCommand = (program: Command, context: CommandContext) => void;

/** All verbs, as `leadgen --help` groups them. */
const GROUPS: readonly (readonly [title: string, commands: readonly AddCommand[]])[] = [
  ['Start here:', [demoCommand, devCommand]],
  ['Runs:', [runCommand, runsCommand, statusCommand, eventsCommand, leadsCommand, summaryCommand]],
  ['Runs under way:', [pauseCommand, resumeCommand, cancelCommand, retryCommand]],
  ['Runs by the clock:', [schedulesCommand]],
  ['Vendors and their caps:', [vendorsCommand, rehearseCommand]],
  ['Tenants:', [tenantsCommand, keysCommand, suppressCommand, eraseCommand]],
  ['The deployment:', [doctorCommand, opsCommand, auditCommand, loadtestCommand, parityCommand]],
  ['This tool:', [completionCommand, helpCommand]],
];

const EXAMPLES = `
Examples:
  leadgen demo                    a whole run on sample companies; nothing leaves the machine
  leadgen run --tenant-id acme --companies companies.csv --icp-payload '{"industries":["software"]}'
  leadgen runs                    what is going on; leadgen status shows one of them
  leadgen leads --tenant-id acme --run-id run_01J8ZC… --csv > leads.csv
  leadgen rehearse --vendor ID --cap 20 --window 60s
                                  see a run pause on a vendor's cap and go on by itself
  leadgen vendors                 who can be asked, what is used of the caps, what waits

Every flag of a run can also be exported. Behind each command, --help has examples;
leadgen help exit-codes, leadgen help environment and leadgen help output explain the rest.
`;

/** All commands with their flags; nothing is read or started before one of them is parsed. */
export function createProgram(context: CommandContext, version: string): Command {
  const program = new Command('leadgen')
    .description('Turns companies and an ideal-customer profile into enriched, scored leads')
    .version(version, '-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  for (const [title, commands] of GROUPS) {
    program.commandsGroup(title);
    for (const add of commands) add(program, context);
  }
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

/** A command and everything below it. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
