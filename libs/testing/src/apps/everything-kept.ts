import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RedisClient } from '#libs/redis';
import type { TestCell } from './start-test-cell';

/** Every key and everything in it, as text. */
async function everyKey(redis: RedisClient): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1_000);
    cursor = next;
    for (const key of keys) texts.set(key, `${key} ${JSON.stringify(await contentOf(redis, key))}`);
  } while (cursor !== '0');
  return texts;
}

async function contentOf(redis: RedisClient, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1', 'WITHSCORES');
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return null;
  }
}

/** Every file below the cell's folder, by its path. */
async function everyFile(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

/** All that a cell keeps by now, by its place: in Redis, in files and in what its processes have said. */
export async function everythingKept(cell: TestCell, redis: RedisClient): Promise<Map<string, string>> {
  const said = cell.apps
    .filter((app) => app !== cell.simulator)
    .map((app, i) => [`log ${i}`, app.log()] as const);
  return new Map([...(await everyKey(redis)), ...(await everyFile(cell.dataDir)), ...said]);
}

/** Where of all that a cell keeps the text occurs, in any case. */
export async function placesOf(cell: TestCell, redis: RedisClient, text: RegExp): Promise<string[]> {
  const all = await everythingKept(cell, redis);
  return [...all].filter(([, content]) => text.test(content)).map(([place]) => place);
}
