import type { Logger } from '#libs/observability';
import { readRedisSettings, refuseOldRedis, type RedisClient, type RedisSettings } from '#libs/redis';

/**
 * Refuses a Redis that is too old and warns about one that may lose or evict runs, and about what it does not show: managed
 * services that forbid CONFIG are believed. Throws `redis_misconfigured`.
 */
export async function checkRedisServer(redis: RedisClient, logger: Logger): Promise<void> {
  const settings = await readRedisSettings(redis);
  refuseOldRedis(settings.version ?? '0');
  for (const warning of redisWarnings(settings)) logger.warn({ event: 'redis_settings' }, warning);
}

/** What whoever runs the Redis should know of its settings. */
export function redisWarnings({ policy, appendOnly }: Omit<RedisSettings, 'version'>): string[] {
  const unseen = [
    ...(policy === undefined ? ['maxmemory-policy'] : []),
    ...(appendOnly === undefined ? ['appendonly'] : []),
  ];
  return [
    ...(policy !== undefined && policy !== 'noeviction'
      ? [`redis may evict runs (maxmemory-policy ${policy}): set maxmemory-policy noeviction`]
      : []),
    ...(appendOnly === 'no'
      ? ['redis keeps runs in memory only: set appendonly yes, or a crash of redis loses them']
      : []),
    ...(unseen.length > 0
      ? [`redis does not show ${unseen.join(' and ')}: look in the console of the service that runs it`]
      : []),
  ];
}
