import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { dataFolderError, makeDataFolder } from './data-folder';
import { locateRedis } from './locate-redis';
import type { LauncherEnv, RedisBinary } from './redis-binary';
import { redisConfiguration, redisLog } from './redis-configuration';
import { redisStanding } from './redis-standing';
import { refuseServedFolder } from './refuse-served-folder';
import { embeddedRedisUrl } from './served-folder';
import { startWatchedServer, type WatchedServer } from './watched-server';

export interface EmbeddedRedisOptions {
  /** Data, configuration and log go to `<dataDir>/redis`. */
  dataDir: string;
  /** Where unpacked packages are kept; `<dataDir>/redis-dist` unless several data folders share one. */
  cacheDir?: string;
  appendOnly: boolean;
  env: LauncherEnv;
  /** Instead of any free one. */
  port?: number;
  /** Instead of a new one: for a Redis that takes the place of one that has died. */
  password?: string;
  /** Ends a long fetch of packages early. */
  signal?: AbortSignal;
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

/** How long it may be silent; while it reads its append-only file it says so, and may take its time. */
const BOOT_MS = 10_000;
const LOOK_EVERY_MS = 10;
/** A port that was free may be taken before Redis has it. */
const PORTS_TRIED = 3;
const PORT_IN_USE = 'Address already in use';

/**
 * Starts a private Redis on a free loopback port, never touching one that already listens. Answers once it takes
 * commands. Throws `data_dir_locked` if the folder still has one, `redis_not_available` if there is none to start or it does not come up, with the end of its log, and
 * `data_dir_unusable` if the folder cannot be written.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const { env, signal } = options;
  const dataDir = resolve(options.dataDir);
  const folder = join(dataDir, 'redis');
  await makeDataFolder(dataDir);
  // Runs, with what they found out about people: for the owner's eyes only.
  await makeDataFolder(folder, { mode: 0o700 });
  await refuseServedFolder(folder);
  const cacheDir = options.cacheDir ?? join(dataDir, 'redis-dist');
  const binary = await locateRedis({ cacheDir, env, signal });
  for (let tried = 1; ; tried += 1) {
    const port = options.port ?? (await freePort());
    const started = await startOn(port, { binary, folder, options });
    if (typeof started !== 'string') return started;
    if (options.port === undefined && started.includes(PORT_IN_USE) && tried < PORTS_TRIED) continue;
    throw appError(
      'redis_not_available',
      `the private Redis did not start on port ${port}. The end of its log, ${redisLog(folder)}:\n${started}\n` +
        `Repair what it says, or move ${folder} away to start without the runs kept there`,
    );
  }
}

/** A running server, or what it said before it ended. */
async function startOn(
  port: number,
  { binary, folder, options }: { binary: RedisBinary; folder: string; options: EmbeddedRedisOptions },
): Promise<EmbeddedRedis | string> {
  const password = options.password ?? randomBytes(24).toString('base64url');
  const config = join(folder, 'redis.conf');
  const text = redisConfiguration({ folder, port, password, appendOnly: options.appendOnly });
  await writeFile(config, text, { mode: 0o600 }).catch((error: unknown) => {
    throw dataFolderError(config, error);
  });
  const log = redisLog(folder);
  const logBytes = await stat(log).then(
    ({ size }) => size,
    () => 0,
  );
  const server = await startLogged(binary, config, options.env, log);
  if (!(await becomesReady(server, port, password))) {
    await server.stop();
    const words = await readFile(log);
    return words.subarray(logBytes).toString('utf8').trim().slice(-800);
  }
  return {
    url: embeddedRedisUrl({ port, password }),
    port,
    pid: server.pid,
    origin: binary.origin,
    exited: server.exited,
    stop: () => server.stop(),
  };
}

async function startLogged(
  binary: RedisBinary,
  config: string,
  env: LauncherEnv,
  log: string,
): Promise<WatchedServer> {
  // What Redis says before it has read its configuration goes to stderr.
  const output = await open(log, 'a', 0o600).catch((error: unknown) => {
    throw dataFolderError(log, error);
  });
  try {
    return await startWatchedServer([binary.command, config], { PATH: env.PATH, ...binary.env }, output.fd);
  } finally {
    await output.close();
  }
}

async function becomesReady(server: WatchedServer, port: number, password: string): Promise<boolean> {
  let lastWord = performance.now();
  while (!server.hasExited() && performance.now() - lastWord < BOOT_MS) {
    const standing = await redisStanding(port, password);
    if (standing === 'ready') return true;
    if (standing === 'loading') lastWord = performance.now();
    await delay(LOOK_EVERY_MS);
  }
  return false;
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
