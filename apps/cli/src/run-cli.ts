import { Command, CommanderError } from 'commander';
import { loadSettings } from '#libs/config';
import { appError } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import type { CommandContext } from './command-context';
import { cancelCommand } from './commands/cancel.command';
import { demoCommand } from './commands/demo.command';
import { devCommand } from './commands/dev.command';
import { runCommand } from './commands/run.command';
import { statusCommand } from './commands/status.command';
import { exitCodeOfError } from './exit-code';
import { NdjsonReporter } from './output/ndjson.reporter';
import { TerminalReporter } from './output/terminal.reporter';
import { resultOfError } from './run/result-line';

const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15 } as const;

/** Runs one command of `leadgen` and ends the process with its exit code. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const stop = new AbortController();
  /** 128 + the signal that asked this command to stop. */
  let interrupted: number | undefined;
  for (const signal of Object.keys(SIGNAL_NUMBER) as (keyof typeof SIGNAL_NUMBER)[]) {
    process.on(signal, () => {
      // A second Ctrl-C is an order: what this process started ends when it does.
      if (interrupted !== undefined) process.exit(interrupted);
      interrupted = 128 + SIGNAL_NUMBER[signal];
      stop.abort();
    });
  }
  process.stdout.on('error', leaveQuietlyOnClosedPipe);

  const exitCode = await execute(argv, stop.signal, () => interrupted);
  process.exitCode = interrupted ?? exitCode;
}

async function execute(
  argv: readonly string[],
  signal: AbortSignal,
  interrupted: () => number | undefined,
): Promise<number> {
  let exitCode = 0;
  try {
    const program = createProgram(signal, (result, reporter) => {
      exitCode = interrupted() ?? result.exit_code;
      reporter.result({ ...result, exit_code: exitCode });
    });
    await program.parseAsync(argv);
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error =
      thrown instanceof CommanderError ? appError('usage', usageMessage(thrown), { cause: thrown }) : thrown;
    const result = resultOfError(error);
    process.stderr.write(`leadgen: ${String(result.message)}\n`);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return exitCodeOfError(error);
  }
}

function createProgram(signal: AbortSignal, end: CommandContext['end']): Command {
  const program = new Command('leadgen')
    .description('Turns companies and an ideal-customer profile into enriched, scored leads')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  const settings = loadSettings();
  const context: CommandContext = {
    settings,
    logger: createLogger({ app: 'cli', level: settings.runtime.logLevel }),
    signal,
    reporter: (json) =>
      json || !process.stdout.isTTY
        ? new NdjsonReporter(process.stdout, process.stderr)
        : new TerminalReporter(process.stdout),
    end,
  };
  for (const add of [runCommand, statusCommand, cancelCommand, demoCommand, devCommand])
    add(program, context);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ outputError: () => undefined });
  return program;
}

function usageMessage(error: CommanderError): string {
  return `${error.message.replace(/^error: /, '')} (leadgen --help lists the commands, leadgen run --help its flags)`;
}

/** Whoever read our output has left (`leadgen run | head`): there is nobody to tell. */
function leaveQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(128 + 13);
  throw error;
}
