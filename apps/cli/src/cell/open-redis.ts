import type { Logger } from '#libs/observability';
import {
  connectOrFail,
  createRedis,
  producerConnectionOptions,
  requireUsableRedis,
  type RedisClient,
} from '#libs/redis';

const CONNECT_MS = 4_000;

/**
 * A connection to a Redis that a cell can live in. Throws within five seconds, naming the address and the fix:
 * `redis_unreachable`, `config_invalid` where `REDIS_URL` does not fit the server, or `redis_misconfigured`.
 */
export async function openRedis(url: string, logger: Logger): Promise<RedisClient> {
  const redis = createRedis(url, producerConnectionOptions());
  redis.on('error', (error: Error) => logger.debug({ err: error.message }, 'redis connection error'));
  await connectOrFail(redis, CONNECT_MS);
  try {
    await requireUsableRedis(redis);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}
