import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { refuseOldRedis, type RedisClient } from '#libs/redis';

/**
 * Refuses a Redis that is too old and warns about one that may lose or evict runs.
 * Throws `redis_misconfigured`. Managed services that forbid CONFIG are believed.
 */
export async function checkRedisServer(redis: RedisClient, logger: Logger): Promise<void> {
  const info = await redis.info('server');
  refuseOldRedis(/^redis_version:(\S+)/m.exec(info)?.[1] ?? '0');
  const config = await readConfig(redis, logger);
  if (config.get('maxmemory-policy') !== undefined && config.get('maxmemory-policy') !== 'noeviction') {
    logger.warn(
      { policy: config.get('maxmemory-policy') },
      'redis may evict runs: set maxmemory-policy noeviction',
    );
  }
  if (config.get('appendonly') === 'no') {
    logger.warn('redis keeps runs in memory only: set appendonly yes, or a crash of redis loses them');
  }
}

async function readConfig(redis: RedisClient, logger: Logger): Promise<Map<string, string>> {
  const config = new Map<string, string>();
  try {
    for (const name of ['maxmemory-policy', 'appendonly']) {
      const reply = await redis.config('GET', name);
      if (reply[1] !== undefined) config.set(name, reply[1]);
    }
  } catch (error) {
    logger.info({ err: toError(error).message }, 'redis does not show its configuration');
  }
  return config;
}
