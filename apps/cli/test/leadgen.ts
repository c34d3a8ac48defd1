import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { watchQueuedMs } from '#libs/testing';

/** The repository's root. */
export const ROOT = join(__dirname, '../../..');

export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** The last line of stdout, if it is JSON. */
  result: { event?: string; exit_code?: number; error?: { code: string; message: string } };
  /** How long it took, without the time in which others had the processor. */
  ownMs: number;
}

export interface LeadgenOptions {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Another way to the program, e.g. a link. */
  program?: string;
  /** Told of the process, to send it a signal. */
  started?: (child: ChildProcess) => void;
}

/** Runs the built command line to its end, with nothing in its environment but cron's PATH and what is given. */
export async function leadgen(
  words: readonly string[],
  { cwd, env = {}, program = join(ROOT, 'bin/leadgen'), started: tell }: LeadgenOptions,
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(program, words, {
    cwd,
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const queuedMs = watchQueuedMs(child.pid ?? -1);
  tell?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  const ownMs = performance.now() - started - queuedMs();
  return { exitCode, stdout, stderr, result: lastObject(stdout), ownMs };
}

function lastObject(stdout: string): Ended['result'] {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? (JSON.parse(line) as Ended['result']) : {};
}
