import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { appError } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import { isRedisFull, isRedisOutage } from '#libs/redis';
import { cancelCommand } from './commands/cancel.command';
import { demoCommand } from './commands/demo.command';
import { devCommand } from './commands/dev.command';
import { opsCommand } from './commands/ops.command';
import { loadtestCommand } from './commands/loadtest.command';
import { keysCommand } from './commands/keys.command';
import { parityCommand } from './commands/parity.command';
import { pauseCommand, resumeCommand } from './commands/pause.command';
import { rehearseCommand } from './commands/rehearse.command';
import { retryCommand } from './commands/retry.command';
import { runCommand } from './commands/run.command';
import { statusCommand } from './commands/status.command';
import { summaryCommand } from './commands/summary.command';
import { suppressCommand } from './commands/suppress.command';
import { vendorsCommand } from './commands/vendors.command';
import type { CommandContext } from './command-context';
import { ProcessContext } from './process-context';
import { resultOfError } from './run/result-line';

const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15 } as const;
/** The repository's root, seen from `dist/apps/cli/src`. */
const ROOT = join(__dirname, '../../../..');

const COMMANDS = [
  runCommand,
  summaryCommand,
  statusCommand,
  pauseCommand,
  resumeCommand,
  cancelCommand,
  retryCommand,
  vendorsCommand,
  suppressCommand,
  keysCommand,
  opsCommand,
  rehearseCommand,
  loadtestCommand,
  parityCommand,
  demoCommand,
  devCommand,
] as const;

const EXAMPLES = `
Examples:
  leadgen demo                    a whole run on sample companies; nothing leaves the machine
  leadgen run --tenant-id acme --companies companies.csv --icp-payload '{"industries":["software"]}'
  leadgen rehearse --vendor ID --cap 20 --window 60s
                                  see a run pause on a vendor's cap and go on by itself
  leadgen vendors                 who can be asked, what is used of the caps, what waits (with REDIS_URL)
  leadgen run --help              all flags of a run, and the exit codes

Every flag of a run can also be exported; docs/env.md lists the variables, docs/errors.md the errors.
`;

/** Runs one command of `leadgen` and ends the process with its exit code. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of Object.keys(SIGNAL_NUMBER) as (keyof typeof SIGNAL_NUMBER)[]) {
    process.on(signal, () => {
      const exitCode = 128 + SIGNAL_NUMBER[signal];
      // A second Ctrl-C is an order: what this process started ends when it does.
      if (stop.signal.aborted) process.exit(exitCode);
      stop.abort(exitCode);
    });
  }
  process.stdout.on('error', leaveQuietlyOnClosedPipe);
  process.exitCode = await execute(argv, new ProcessContext(stop.signal));
}

async function execute(argv: readonly string[], context: ProcessContext): Promise<number> {
  try {
    await createProgram(context, version()).parseAsync(argv);
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error = thrown instanceof CommanderError ? usageError(thrown, argv) : asNamedOutage(thrown);
    context.end(resultOfError(error), context.reporter(argv.includes('--json')));
  }
  return context.signal.aborted ? Number(context.signal.reason) : context.exitCode;
}

/** All commands with their flags; nothing is read or started before one of them is parsed. */
export function createProgram(context: CommandContext, version: string): Command {
  const program = new Command('leadgen')
    .description('Turns companies and an ideal-customer profile into enriched, scored leads')
    .version(version, '-V, --version', 'print the version')
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  for (const add of COMMANDS) add(program, context);
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

function usageError(error: CommanderError, [, , word = '']: readonly string[]): Error {
  // Commander says this when there is no command, after it has printed the help.
  if (error.code === 'commander.help') {
    return appError('usage', 'which command? For example leadgen demo, or one of those above', {
      cause: error,
    });
  }
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const hint =
    error.code === 'commander.unknownCommand' || word.startsWith('-')
      ? 'leadgen --help lists the commands'
      : `leadgen ${word} --help shows how`;
  return appError('usage', `${message} (${hint})`, { cause: error });
}

/** A Redis that left while a command was using it: ioredis says so in words of its own. */
function asNamedOutage(thrown: unknown): unknown {
  const error = toError(thrown);
  if (error instanceof AppError || !isRedisOutage(error)) return thrown;
  if (isRedisFull(error)) {
    return appError(
      'redis_full',
      `Redis takes nothing more, its memory is used up (${error.message}): raise maxmemory, or wait until runs end. A run ` +
        'that was accepted is kept',
      { cause: error },
    );
  }
  return appError(
    'redis_unreachable',
    `Redis stopped answering (${error.message}): see whether it runs. A run that was accepted is kept, and goes on when ` +
      'Redis and its workers are back; leadgen status shows where it is',
    { cause: error },
  );
}

/** Whoever read our output has left (`leadgen run | head`): there is nobody to tell. */
function leaveQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(128 + 13);
  throw error;
}
