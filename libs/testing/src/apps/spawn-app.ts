import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../repository-root';
import { readQueuedMs } from './queued-time';

/** One of our processes, really running. */
export interface SpawnedApp {
  readonly name: string;
  readonly pid: number;
  /** What it announced when it was ready, e.g. `{ url }`. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Milliseconds from start to ready. */
  readonly bootMs: number;
  /** So many of them its main thread was ready to run and others had the processor; 0 where the system does not tell. */
  readonly queuedMs: number;
  /** Everything it wrote to stderr so far. */
  readonly log: () => string;
  /** Resolves when the process has ended: its code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, and waits; SIGKILL if it was frozen. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Patience, not a promise: on a busy machine many processes start at once. */
const BOOT_MS = 110_000;
const LOG_MAX = 200_000;

/**
 * Starts a built app (`dist/apps/<name>`) with exactly this environment plus PATH, and waits until it is ready.
 * `root` is another checkout than this one, e.g. of a former release.
 * Throws, with the end of its log, if it ends or stays silent instead.
 */
export async function spawnApp(
  name: string,
  env: Readonly<Record<string, string>>,
  root = REPOSITORY_ROOT,
): Promise<SpawnedApp> {
  const entry = join(root, `dist/apps/${name}/src/main.js`);
  if (!existsSync(entry)) throw new Error(`${entry} is not built: npm run build`);
  const started = performance.now();
  const child = fork(entry, [], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      // By this the check finds a process that a test left running.
      LEADGEN_CHECK_ID: process.env.LEADGEN_CHECK_ID,
      // No balancer has to notice that an API stops, unless the test has one.
      LEADGEN_API_LINGER_MS: '300',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (piece: Buffer) => {
    log = (log + piece.toString()).slice(-LOG_MAX);
  });
  const exited = once(child, 'exit').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? 0,
  );
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Record<string, unknown>),
    exited.then((how) => Promise.reject(new Error(`${name} ended (${how}) before it was ready:\n${log}`))),
    deadline(BOOT_MS, () => `${name} was not ready in ${BOOT_MS} ms:\n${log}`),
  ]);
  const bootMs = performance.now() - started;
  const pid = child.pid ?? -1;
  const queuedMs = await readQueuedMs(pid);
  const signal = (which: NodeJS.Signals): void => {
    child.kill(which);
  };
  return {
    name,
    pid,
    ready,
    bootMs,
    queuedMs,
    log: () => log,
    exited,
    signal,
    stop: () => {
      signal('SIGTERM');
      // A frozen process cannot hear SIGTERM; SIGCONT lets it.
      signal('SIGCONT');
      return exited;
    },
  };
}

function deadline(ms: number, message: () => string): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(message())), ms).unref();
  });
}
