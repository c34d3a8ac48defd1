import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appError } from '#libs/contracts';
import { redisFromDebianPackages } from './debian-packages';
import {
  faultOf,
  isExecutable,
  redisOnPath,
  type LauncherEnv,
  type PassedOver,
  type RedisBinary,
} from './redis-binary';

const execute = promisify(execFile);
const BREW_MS = 20_000;
const FETCH_MS = 120_000;

export interface LocateOptions {
  /** Where the distribution's packages are unpacked and kept. */
  cacheDir: string;
  env: LauncherEnv;
  platform?: NodeJS.Platform;
  /** How long fetching packages may take; two minutes unless said otherwise. */
  fetchMs?: number;
  /** Ends a fetch early. */
  signal?: AbortSignal | undefined;
}

/**
 * A Redis to start, from the first place that has one: PATH, the Debian or Ubuntu packages, Homebrew.
 * Throws `redis_not_available` naming the three ways out, and why each place had none.
 */
export async function locateRedis({
  cacheDir,
  env,
  platform = process.platform,
  fetchMs = FETCH_MS,
  signal,
}: LocateOptions): Promise<RedisBinary> {
  const reasons: string[] = [];
  const passedOver: PassedOver = (why) => reasons.push(why);
  const found =
    (await redisOnPath(env, passedOver)) ??
    (platform === 'linux'
      ? await redisFromDebianPackages({ cacheDir, env, fetchMs, signal, passedOver })
      : undefined) ??
    (platform === 'darwin' ? await redisFromHomebrew(env, passedOver) : undefined);
  if (found) return found;
  throw appError(
    'redis_not_available',
    'no Redis to start: install one (apt install redis-server, brew install redis), ' +
      'or start one with docker compose up -d redis and set REDIS_URL=redis://127.0.0.1:6379, ' +
      'or set REDIS_URL to one that runs' +
      (reasons.length > 0 ? `. What was tried: ${reasons.join('; ')}` : ''),
  );
}

/** Homebrew's own Redis, also when its folder is not on PATH (cron's is short). */
async function redisFromHomebrew(env: LauncherEnv, passedOver: PassedOver): Promise<RedisBinary | undefined> {
  try {
    const { stdout } = await execute('brew', ['--prefix', 'redis'], { env: { ...env }, timeout: BREW_MS });
    const command = join(stdout.trim(), 'bin/redis-server');
    const fault = (await isExecutable(command)) ? await faultOf(command, env) : 'brew has no redis';
    if (fault === undefined) return { command, env: {}, origin: 'homebrew' };
    passedOver(fault);
  } catch {
    passedOver('brew cannot be asked');
  }
  return undefined;
}
