import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appError } from '#libs/contracts';
import { redisFromDebianPackages } from './debian-packages';
import { isUsable, redisOnPath, type LauncherEnv, type RedisBinary } from './redis-binary';

const execute = promisify(execFile);

export interface LocateOptions {
  /** Where the distribution's packages are unpacked and kept. */
  cacheDir: string;
  env: LauncherEnv;
  platform?: NodeJS.Platform;
}

/**
 * A Redis to start, from the first place that has one: PATH, the Debian or Ubuntu packages, Homebrew.
 * Throws `redis_not_available` naming the three ways out.
 */
export async function locateRedis({
  cacheDir,
  env,
  platform = process.platform,
}: LocateOptions): Promise<RedisBinary> {
  const found =
    (await redisOnPath(env)) ??
    (platform === 'linux' ? await redisFromDebianPackages(cacheDir, env) : undefined) ??
    (platform === 'darwin' ? await redisFromHomebrew(env) : undefined);
  if (found) return found;
  throw appError(
    'redis_not_available',
    'no Redis to start: install one (apt install redis-server, brew install redis), ' +
      'or start one with docker compose up -d redis, or set REDIS_URL to one that runs',
  );
}

/** Homebrew's own Redis, also when its folder is not on PATH (cron's is short). */
async function redisFromHomebrew(env: LauncherEnv): Promise<RedisBinary | undefined> {
  try {
    const { stdout } = await execute('brew', ['--prefix', 'redis'], { env: { ...env }, timeout: 20_000 });
    const command = join(stdout.trim(), 'bin/redis-server');
    return (await isUsable(command, {})) ? { command, env: {}, origin: 'homebrew' } : undefined;
  } catch {
    // No Homebrew, or it has no Redis: the caller names the ways out.
    return undefined;
  }
}
