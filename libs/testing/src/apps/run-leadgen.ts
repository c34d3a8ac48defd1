import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../repository-root';
import { watchQueuedMs } from './queued-time';

/** A run of `bin/leadgen` as a shell or cron sees it. */
export interface LeadgenRun {
  readonly child: ChildProcess;
  /** Everything on stdout so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when it has ended. */
  readonly ended: Promise<LeadgenResult>;
}

export interface LeadgenResult {
  /** -1 if a signal ended it. */
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Every line of stdout, parsed. Throws where a line is not JSON: stdout is for machines. */
  lines(): Record<string, unknown>[];
  /** The last line of stdout, which a script reads. */
  last(): Record<string, unknown>;
  tookMs: number;
  /** Without the time in which others had the processor. */
  ownMs: number;
}

/** Starts `bin/leadgen` with exactly this environment plus PATH and HOME; ends it if it takes longer than `timeoutMs`. */
export function startLeadgen(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs = 180_000,
): LeadgenRun {
  const started = performance.now();
  const child = spawn(join(REPOSITORY_ROOT, 'bin/leadgen'), [...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'test',
      LEADGEN_CHECK_ID: process.env.LEADGEN_CHECK_ID,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const queuedMs = watchQueuedMs(child.pid ?? -1);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (piece: Buffer) => (output.stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (output.stderr += piece.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const ended = once(child, 'close').then(([code]: (number | null)[]): LeadgenResult => {
    clearTimeout(timer);
    const tookMs = performance.now() - started;
    const lines = (): Record<string, unknown>[] =>
      output.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    return {
      exitCode: code ?? -1,
      ...output,
      lines,
      last: () => lines().at(-1) ?? {},
      tookMs,
      ownMs: tookMs - queuedMs(),
    };
  });
  return { child, stdout: () => output.stdout, stderr: () => output.stderr, ended };
}

/** Runs `bin/leadgen` to its end. */
export function runLeadgen(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs?: number,
): Promise<LeadgenResult> {
  return startLeadgen(args, env, timeoutMs).ended;
}
