import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { locateRedis } from '#libs/redis';
import { CACHE_DIR } from './start-test-redis';

/**
 * A PATH with a redis-server and a redis-cli on it, as on a machine where the packages are installed: what starts a Redis of
 * its own then need not fetch one into each test's folder.
 */
export async function testRedisPath(): Promise<string> {
  const { command, env } = await locateRedis({ cacheDir: CACHE_DIR, env: process.env });
  const folder = join(CACHE_DIR, 'path');
  await mkdir(folder, { recursive: true });
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value}' `);
  for (const [name, program] of [
    ['redis-server', command],
    ['redis-cli', join(dirname(command), 'redis-cli')],
  ] as const) {
    const draft = join(folder, `${name}.${process.pid}`);
    await writeFile(draft, `#!/bin/sh\n${settings.join('')}exec '${program}' "$@"\n`);
    await chmod(draft, 0o755);
    // Several tests may write it at once; each finds a whole one.
    await rename(draft, join(folder, name));
  }
  return [folder, process.env.PATH].join(delimiter);
}
