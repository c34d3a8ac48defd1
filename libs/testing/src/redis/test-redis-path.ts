import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { locateRedis } from '#libs/redis';
import { CACHE_DIR } from './start-test-redis';

/**
 * A PATH with a redis-server on it, as on a machine where the package is installed: what starts a Redis of its own then
 * need not fetch one into each test's folder.
 */
export async function testRedisPath(): Promise<string> {
  const { command, env } = await locateRedis({ cacheDir: CACHE_DIR, env: process.env });
  const folder = join(CACHE_DIR, 'path');
  await mkdir(folder, { recursive: true });
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value}' `);
  const draft = join(folder, `redis-server.${process.pid}`);
  await writeFile(draft, `#!/bin/sh\n${settings.join('')}exec '${command}' "$@"\n`);
  await chmod(draft, 0o755);
  // Several tests may write it at once; each finds a whole one.
  await rename(draft, join(folder, 'redis-server'));
  return [folder, process.env.PATH].join(delimiter);
}
