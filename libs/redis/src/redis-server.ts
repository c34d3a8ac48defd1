import { appError } from '#libs/contracts';
import { redisAddress, type RedisClient } from './connections';
import { infoOf } from './redis-settings';

const OLDEST = [6, 2] as const;

/** What a Redis says of itself in INFO; what it does not say is undefined. */
interface RedisServer {
  version: string;
  /** Where its primary is, of a replica. */
  primary: string | undefined;
  /** The policy by which it throws keys away at `maxmemory`; undefined: it throws none away, or has no limit. */
  evictsBy: string | undefined;
}

/** Throws `redis_misconfigured` unless it is recent enough for our scripts. */
export function refuseOldRedis(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw appError(
    'redis_misconfigured',
    `Redis ${version} is too old: version ${OLDEST.join('.')} or later is needed`,
  );
}

/**
 * Refuses a Redis that a cell cannot live in: one that is too old, a replica, and with `mustKeepAll` one that throws runs away
 * when its memory is used up. Throws `redis_misconfigured` naming the address and the fix.
 */
export async function requireUsableRedis(redis: RedisClient, { mustKeepAll = false } = {}): Promise<void> {
  const { version, primary, evictsBy } = serverOf(await infoOf(redis));
  const address = redisAddress(redis.options);
  refuseOldRedis(version);
  if (primary !== undefined) {
    throw appError(
      'redis_misconfigured',
      `Redis at ${address} is a replica, which takes nothing: set REDIS_URL to its primary (${primary})`,
    );
  }
  if (mustKeepAll && evictsBy !== undefined) {
    throw appError(
      'redis_misconfigured',
      `Redis at ${address} throws keys away when its memory is used up (maxmemory-policy ${evictsBy}), runs and the record of ` +
        'what was paid among them: set maxmemory-policy noeviction',
    );
  }
}

function serverOf(info: string): RedisServer {
  const said = (field: string): string | undefined => new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1];
  const policy = said('maxmemory_policy');
  const limited = (said('maxmemory') ?? '0') !== '0';
  return {
    version: said('redis_version') ?? '0',
    primary:
      said('role') === 'slave' ? `${said('master_host') ?? '?'}:${said('master_port') ?? '?'}` : undefined,
    evictsBy: limited && policy !== 'noeviction' ? policy : undefined,
  };
}
