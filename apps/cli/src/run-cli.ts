import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { appError } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import { isRedisFull, isRedisOutage } from '#libs/redis';
import { createProgram } from './command-tree';
import { ProcessContext } from './process-context';
import { endOfProcess } from './process-end';
import { diskFull } from './run/disk-watch';
import { resultOfError } from './run/result-line';
import { usageError } from './usage-error';

/** The repository's root, seen from `dist/apps/cli/src`. */
const ROOT = join(__dirname, '../../../..');

/** Runs one command of `leadgen` and ends the process with its exit code. */
export async function runCli(argv: readonly string[]): Promise<void> {
  process.exitCode = await execute(argv, new ProcessContext(endOfProcess()));
}

async function execute(argv: readonly string[], context: ProcessContext): Promise<number> {
  const program = createProgram(context, version());
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return endOf(context);
    const error =
      thrown instanceof CommanderError ? usageError(thrown, program, argv) : asNamedOutage(thrown);
    context.end(resultOfError(error), context.reporter(argv.includes('--json')));
  }
  return endOf(context);
}

/** What ended the command from outside, an output that is full included, else its own result. */
function endOf({ signal, exitCode }: ProcessContext): number {
  return signal.aborted ? Number(signal.reason) : exitCode;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** A Redis that left while a command was using it: ioredis says so in words of its own. */
function asNamedOutage(thrown: unknown): unknown {
  const error = toError(thrown);
  if (error instanceof AppError || !isRedisOutage(error)) return thrown;
  if (error.message.startsWith('MISCONF')) return diskFull(error);
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
