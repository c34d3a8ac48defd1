import type { RedisClient } from '#libs/redis';

/** Keys looked at per command. */
const COUNT = 1_000;

/** All keys that match, some of them maybe twice, a page at a time: Redis serves others in between. */
export async function* scannedKeys(redis: RedisClient, match: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', match, 'COUNT', COUNT);
    cursor = next;
    if (keys.length > 0) yield keys;
  } while (cursor !== '0');
}
