import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { isRedisOutage, type RedisClient } from '#libs/redis';

const LOOK_EVERY_MS = 1_000;
/** Redis tries again each second: a full disk that was made room on at once is no matter. */
const FAILED_LOOKS = 3;

/**
 * Returns when `signal` aborts. Throws `redis_disk_full` when Redis can no longer write its append-only file: it takes nothing
 * until it can, workers wait, and who follows a run would wait with them.
 */
export async function watchDisk(redis: RedisClient, signal: AbortSignal): Promise<void> {
  let failed = 0;
  while (!signal.aborted) {
    failed = (await cannotWrite(redis)) ? failed + 1 : 0;
    if (failed >= FAILED_LOOKS) throw diskFull();
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

export function diskFull(cause?: unknown): Error {
  return appError(
    'redis_disk_full',
    'Redis cannot write its append-only file, most likely since its disk is full: free space there. It takes nothing until ' +
      'then; what it has is kept, and a run that was accepted goes on afterwards',
    { cause },
  );
}

async function cannotWrite(redis: RedisClient): Promise<boolean> {
  try {
    return (await redis.info('persistence')).includes('aof_last_write_status:err');
  } catch (thrown) {
    // Who follows the run hears of it as well, and knows for how long.
    if (isRedisOutage(toError(thrown))) return false;
    throw thrown;
  }
}
