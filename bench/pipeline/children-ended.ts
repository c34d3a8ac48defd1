import type { RedisClient } from '#libs/redis';
import { waitUntil } from '#libs/testing';

/** Waits until of a parent's children only the first is left, the one nobody works on. */
export async function childrenEnded(redis: RedisClient, parentKey: string): Promise<void> {
  await waitUntil(async () => (await redis.scard(`${parentKey}:dependencies`)) === 1, {
    timeoutMs: 300_000,
    what: 'all children to end',
  });
}
