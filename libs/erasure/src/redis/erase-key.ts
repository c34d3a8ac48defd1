import type { RedisClient } from '#libs/redis';
import { erasureScripts } from '../erasure-scripts';
import type { Sought } from '../known-persons';
import { changeHash, type Hash, type HashChange } from './changed-hash';
import { eraseText } from './erase-text';

/** Takes the subject out of a key of any type, or of one of `types`, text by text. Answers whether it was in there. */
export async function eraseKey(
  redis: RedisClient,
  key: string,
  sought: Sought,
  types?: readonly string[],
): Promise<boolean> {
  const type = await redis.type(key);
  if (types?.includes(type) === false) return false;
  switch (type) {
    case 'hash':
      return changeHash(redis, key, (hash) => eraseTexts(hash, sought));
    case 'stream':
      return eraseStream(redis, key, sought);
    case 'string':
      return eraseString(redis, key, sought);
    case 'set':
      return dropMembers(await redis.smembers(key), sought, (members) => redis.srem(key, members));
    case 'zset':
      return dropMembers(await redis.zrange(key, '0', '-1'), sought, (members) => redis.zrem(key, members));
    case 'list':
      return dropMembers(await redis.lrange(key, 0, -1), sought, async (members) => {
        for (const member of members) await redis.lrem(key, 0, member);
      });
    default:
      return false;
  }
}

function eraseTexts(hash: Hash, sought: Sought): HashChange {
  const change: Record<string, string | null> = {};
  for (const [field, text] of Object.entries(hash)) {
    if (sought.finder.isIn(field)) {
      change[field] = null;
      continue;
    }
    const now = eraseText(text, sought);
    if (now !== text) change[field] = now;
  }
  return change;
}

async function eraseString(redis: RedisClient, key: string, sought: Sought): Promise<boolean> {
  const text = await redis.get(key);
  if (text === null) return false;
  const now = eraseText(text, sought);
  if (now === text) return false;
  await redis.set(key, now, 'KEEPTTL');
  return true;
}

async function eraseStream(redis: RedisClient, key: string, sought: Sought): Promise<boolean> {
  const entries = await redis.xrange(key, '-', '+');
  const cleaned = entries.map(([id, texts]) => [id, texts.map((text) => eraseText(text, sought))] as const);
  const isSame = cleaned.every(([, texts], i) => texts.every((text, j) => text === entries[i]?.[1][j]));
  if (isSame) return false;
  const args = [
    entries.at(-1)?.[0] ?? '',
    entries.length,
    ...cleaned.flatMap(([id, texts]) => [id, texts.length, ...texts]),
  ];
  // One that has grown meanwhile is cleaned in the next pass.
  await erasureScripts.replaceStream.run(redis, [key], args);
  return true;
}

async function dropMembers(
  members: readonly string[],
  { finder }: Sought,
  drop: (members: string[]) => Promise<unknown>,
): Promise<boolean> {
  const hit = members.filter((member) => finder.isIn(member));
  if (hit.length === 0) return false;
  await drop(hit);
  return true;
}
