import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { locateRedis } from './locate-redis';
import type { LauncherEnv, RedisBinary } from './redis-binary';

export interface EmbeddedRedisOptions {
  /** Data, configuration and log go to `<dataDir>/redis`. */
  dataDir: string;
  /** Where unpacked packages are kept; `<dataDir>/redis-dist` unless several data folders share one. */
  cacheDir?: string;
  appendOnly: boolean;
  env: LauncherEnv;
}

export interface EmbeddedRedis {
  /** With its password: keep it out of logs. */
  url: string;
  port: number;
  /** The server's own process. */
  pid: number;
  origin: RedisBinary['origin'];
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends it: SIGTERM, and SIGKILL after five seconds. */
  stop(): Promise<void>;
}

const BOOT_MS = 10_000;
const STOP_MS = 5_000;

/**
 * Starts the server and watches a pipe from us: when we are gone, however we died, the pipe closes and it is told to stop.
 * Its own session keeps a terminal's Ctrl-C from it, so that our workers can drain first.
 */
const WATCHED_SERVER = `
  exec 3<&0
  "$@" </dev/null 3<&- &
  server=$!
  { cat <&3 >/dev/null; kill "$server"; } 2>/dev/null &
  wait "$server"
`;

/**
 * Starts a private Redis on a free loopback port, never touching one that already listens. Answers once it takes
 * commands. Throws `redis_not_available` if there is none to start or it does not come up, with the end of its log.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const cacheDir = options.cacheDir ?? join(options.dataDir, 'redis-dist');
  const binary = await locateRedis({ cacheDir, env: options.env });
  const folder = join(options.dataDir, 'redis');
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const password = randomBytes(24).toString('base64url');
  const config = join(folder, 'redis.conf');
  await writeFile(config, configuration({ folder, port, password, appendOnly: options.appendOnly }), {
    mode: 0o600,
  });
  const child = spawn('/bin/sh', ['-c', WATCHED_SERVER, 'sh', binary.command, config], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: options.env.PATH, ...binary.env },
  });
  const exited = once(child, 'exit').then(() => undefined);
  await untilReady(child, port, password, join(folder, 'redis.log'));
  const pid = Number(await readFile(join(folder, 'redis.pid'), 'utf8'));
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    port,
    pid,
    origin: binary.origin,
    exited,
    stop: () => stop(child, pid, exited),
  };
}

function configuration(wanted: {
  folder: string;
  port: number;
  password: string;
  appendOnly: boolean;
}): string {
  const { folder, port, password, appendOnly } = wanted;
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    `pidfile ${JSON.stringify(join(folder, 'redis.pid'))}`,
    `logfile ${JSON.stringify(join(folder, 'redis.log'))}`,
    'save ""',
    `appendonly ${appendOnly ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    // Deleting a run of a hundred thousand companies must not stop everybody else.
    'lazyfree-lazy-user-del yes',
    '',
  ].join('\n');
}

async function untilReady(child: ChildProcess, port: number, password: string, log: string): Promise<void> {
  const started = performance.now();
  while (!(await answersPing(port, password))) {
    if (child.exitCode !== null || performance.now() - started > BOOT_MS) {
      child.stdin?.end();
      const tail = await readFile(log, 'utf8').catch(() => '');
      throw appError('redis_not_available', `the private Redis did not start: ${tail.slice(-600)}`);
    }
    await delay(10);
  }
}

function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const end = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(500, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (piece) => {
      answer += piece.toString();
      // Still reading its AOF, it answers -LOADING.
      if (answer.includes('-LOADING')) end(false);
      else if (answer.includes('+PONG')) end(true);
    });
  });
}

async function stop(child: ChildProcess, pid: number, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(pid, 'SIGTERM');
  const patience = new AbortController();
  const late = delay(STOP_MS, true, { signal: patience.signal }).catch(() => false);
  const ended = exited.then(() => false);
  if (await Promise.race([ended, late])) process.kill(pid, 'SIGKILL');
  patience.abort();
  await exited;
  child.stdin?.end();
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
