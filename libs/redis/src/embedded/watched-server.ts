import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#libs/kernel';

/** A server process that ends when we do. */
export interface WatchedServer {
  pid: number;
  /** Resolves when it has ended, whoever ended it. */
  exited: Promise<void>;
  hasExited(): boolean;
  /** SIGTERM, and SIGKILL after five seconds. */
  stop(): Promise<void>;
}

const STOP_MS = 5_000;

/**
 * Says the server's process id, then watches a pipe from us: when we are gone, however we died, the pipe closes and the
 * server is told to stop. Only what the shell has built in is used: PATH may be as short as it likes.
 */
const WATCH = `
  exec 3<&0
  "$@" </dev/null >&2 3<&- &
  server=$!
  echo "$server"
  exec >&-
  { while read -r _ <&3; do :; done; kill "$server"; } 2>/dev/null &
  wait "$server"
`;

/**
 * Starts a server in a session of its own, which keeps a terminal's Ctrl-C from it, so that whoever uses it can finish
 * first. Its output goes to the open file `output`.
 */
export async function startWatchedServer(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  output: number,
): Promise<WatchedServer> {
  const shell = spawn('/bin/sh', ['-c', WATCH, 'sh', ...command], {
    detached: true,
    stdio: ['pipe', 'pipe', output],
    env: { ...env },
  });
  const exited = once(shell, 'exit').then(() => {
    // The server is gone, and its id may soon be another's: nothing must be watched, nor told to stop, any more.
    shell.stdin?.destroy();
  });
  const pid = await Promise.race([firstLine(shell), exited.then(() => '')]);
  const hasExited = (): boolean => shell.exitCode !== null || shell.signalCode !== null;
  return {
    pid: Number(pid),
    exited,
    hasExited,
    stop: async () => {
      if (hasExited()) return;
      signal(Number(pid), 'SIGTERM');
      const patience = new AbortController();
      const late = delay(STOP_MS, true, { signal: patience.signal }).catch(() => false);
      if (await Promise.race([exited.then(() => false), late])) signal(Number(pid), 'SIGKILL');
      patience.abort();
      await exited;
    },
  };
}

async function firstLine(shell: ChildProcess): Promise<string> {
  if (!shell.stdout) return '';
  for await (const line of createInterface({ input: shell.stdout })) return line;
  return '';
}

/** To a process that may just have ended by itself. */
function signal(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
