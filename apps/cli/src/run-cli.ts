import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { appError } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import { isRedisFull, isRedisOutage } from '#libs/redis';
import { createProgram } from './command-tree';
import { ProcessContext } from './process-context';
import { resultOfError } from './run/result-line';
import { usageError } from './usage-error';

const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15 } as const;
/** The repository's root, seen from `dist/apps/cli/src`. */
const ROOT = join(__dirname, '../../../..');

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
  const program = createProgram(context, version());
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error =
      thrown instanceof CommanderError ? usageError(thrown, program, argv) : asNamedOutage(thrown);
    context.end(resultOfError(error), context.reporter(argv.includes('--json')));
  }
  return context.signal.aborted ? Number(context.signal.reason) : context.exitCode;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
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
