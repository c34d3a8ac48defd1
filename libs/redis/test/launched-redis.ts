import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DRIVER = join(__dirname, 'launch-redis.cjs');
/** A user without rights, on every Unix. */
export const NOBODY = 65_534;

type LaunchAnswer =
  | { started: { url: string; port: number; pid: number; origin: string }; failed?: undefined }
  | { failed: { code: string; message: string }; started?: undefined };

export interface Launcher {
  process: ChildProcess;
  answer: LaunchAnswer;
}

/** A process of its own that starts an embedded Redis; as nobody if asked, where this process may do that. */
export async function launchRedis(
  options: { dataDir: string; cacheDir?: string; appendOnly: boolean },
  { env, asNobody = false }: { env: NodeJS.ProcessEnv; asNobody?: boolean },
): Promise<Launcher> {
  const child = fork(DRIVER, [JSON.stringify(options)], {
    env,
    cwd: '/',
    ...(asNobody && canBeNobody() && { uid: NOBODY, gid: NOBODY }),
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the launcher ended with ${String(code)} before it said anything`);
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [LaunchAnswer];
  ended.catch(() => undefined);
  return { process: child, answer };
}

/** Whether this process is root and nobody could read this checkout. Otherwise it is somebody without rights already, or root. */
function canBeNobody(): boolean {
  return (
    process.getuid?.() === 0 && foldersAbove(DRIVER).every((path) => (statSync(path).mode & 0o001) !== 0)
  );
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
