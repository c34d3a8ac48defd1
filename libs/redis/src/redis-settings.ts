import { toError } from '#libs/kernel';
import { appError } from '#libs/contracts';
import type { RedisClient } from './connections';

/** How a Redis keeps what it is told; undefined: it shows that neither in INFO nor in CONFIG. */
export interface RedisSettings {
  version: string | undefined;
  /** `noeviction`, or which keys it throws away when its memory is used up. */
  policy: string | undefined;
  appendOnly: 'yes' | 'no' | undefined;
}

/**
 * What a Redis says of its settings. Managed services forbid CONFIG for the most part: INFO says the same of what matters.
 * Throws `redis_misconfigured` where the user may not say INFO either.
 */
export async function readRedisSettings(redis: RedisClient): Promise<RedisSettings> {
  const info = await infoOf(redis);
  const said = (field: string): string | undefined => new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1];
  const aof = said('aof_enabled');
  return {
    version: said('redis_version'),
    policy: said('maxmemory_policy') ?? (await configOf(redis, 'maxmemory-policy')),
    appendOnly: aof === undefined ? yesOrNo(await configOf(redis, 'appendonly')) : aof === '1' ? 'yes' : 'no',
  };
}

/** One setting of CONFIG; undefined: this Redis does not show it. */
export async function configOf(redis: RedisClient, name: string): Promise<string | undefined> {
  const [, value] = await redis.config('GET', name).catch((): string[] => []);
  return value;
}

/** All of INFO. Throws `redis_misconfigured` where it is forbidden: BullMQ asks for the version by it. */
export async function infoOf(redis: RedisClient): Promise<string> {
  try {
    return await redis.info();
  } catch (thrown) {
    const { message } = toError(thrown);
    if (!/^NOPERM|unknown command/i.test(message)) throw thrown;
    throw appError(
      'redis_misconfigured',
      `Redis forbids INFO to the user of REDIS_URL (${message}): allow it (ACL SETUSER … +info), the queues ask for its version`,
      { cause: thrown },
    );
  }
}

function yesOrNo(value: string | undefined): 'yes' | 'no' | undefined {
  return value === 'yes' || value === 'no' ? value : undefined;
}
