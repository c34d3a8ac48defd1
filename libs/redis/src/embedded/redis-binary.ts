import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { toError } from '#libs/kernel';

/** A redis-server that can be started. */
export interface RedisBinary {
  command: string;
  /** What its environment needs besides PATH, e.g. where its libraries are. */
  env: Readonly<Record<string, string>>;
  origin: 'path' | 'debian-packages' | 'homebrew';
}

/** The variables an embedded Redis is looked for and started with. */
export type LauncherEnv = Readonly<Record<string, string | undefined>>;

/** Told, for the person who reads the last error, why a place had no Redis. */
export type PassedOver = (why: string) => void;

const execute = promisify(execFile);
const OLDEST: readonly [number, number] = [6, 2];
const VERSION = /v=(\d+)\.(\d+)/;
const VERSION_MS = 5_000;

/** The first `redis-server` or `valkey-server` on PATH that runs here and is new enough (≥ 6.2), or undefined. */
export async function redisOnPath(
  env: LauncherEnv,
  passedOver: PassedOver,
): Promise<RedisBinary | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
      const command = join(folder, name);
      if (!(await isExecutable(command))) continue;
      const fault = await faultOf(command, env);
      if (fault === undefined) return { command, env: {}, origin: 'path' };
      passedOver(fault);
    }
  }
  return undefined;
}

/** Why the program is not a Redis server that starts here and is new enough; undefined if it is. */
export async function faultOf(command: string, env: LauncherEnv): Promise<string | undefined> {
  try {
    const { stdout } = await execute(command, ['--version'], {
      env: { ...env },
      timeout: VERSION_MS,
      killSignal: 'SIGKILL',
    });
    const [, major, minor] = VERSION.exec(stdout) ?? [];
    if (major === undefined || minor === undefined) return `${command} does not say its version`;
    const newEnough = Number(major) * 100 + Number(minor) >= OLDEST[0] * 100 + OLDEST[1];
    return newEnough ? undefined : `${command} is ${major}.${minor}, older than ${OLDEST.join('.')}`;
  } catch (error) {
    const [first = ''] = toError(error).message.split('\n').slice(-2);
    return `${command} does not run here (${first.slice(0, 200)})`;
  }
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
