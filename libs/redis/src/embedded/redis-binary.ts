import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A redis-server that can be started. */
export interface RedisBinary {
  command: string;
  /** What its environment needs besides PATH, e.g. where its libraries are. */
  env: Readonly<Record<string, string>>;
  origin: 'path' | 'debian-packages' | 'homebrew';
}

/** The variables an embedded Redis is looked for and started with: only what it needs. */
export type LauncherEnv = Readonly<Record<string, string | undefined>>;

const execute = promisify(execFile);
const OLDEST: readonly [number, number] = [6, 2];
const VERSION = /v=(\d+)\.(\d+)/;

/** The first `redis-server` or `valkey-server` on PATH that runs here and is new enough (≥ 6.2), or undefined. */
export async function redisOnPath(env: LauncherEnv): Promise<RedisBinary | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
      const command = join(folder, name);
      if (await isUsable(command, {})) return { command, env: {}, origin: 'path' };
    }
  }
  return undefined;
}

/** Whether the file is a Redis server that starts here and is new enough. */
export async function isUsable(command: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await access(command, constants.X_OK);
    const { stdout } = await execute(command, ['--version'], { env: { ...env }, timeout: 5_000 });
    const [, major = '0', minor = '0'] = VERSION.exec(stdout) ?? [];
    const version = Number(major) * 100 + Number(minor);
    return version >= OLDEST[0] * 100 + OLDEST[1];
  } catch {
    // Not there, not executable, built for another machine: this one cannot be used, the next may be.
    return false;
  }
}
