import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { redisStanding } from './redis-standing';
import { configuredRedis } from './served-folder';

/** The server of a launcher that was just killed ends by itself, in less than this. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * Two servers would ruin one append-only file, and the lock of a launcher that is stopped (Ctrl-Z) lapses while its server
 * goes on: so the folder's last server is asked by the configuration it was started with. Throws `data_dir_locked` if it
 * still answers after five seconds.
 */
export async function refuseServedFolder(folder: string): Promise<void> {
  const redis = await configuredRedis(folder);
  if (!redis) return;
  const { port, password } = redis;
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ((await redisStanding(port, password)) !== 'silent') {
    if (performance.now() > giveUpAt) {
      throw appError(
        'data_dir_locked',
        `the Redis of another leadgen works in ${folder} (port ${port}): end that leadgen (is it stopped in a shell? fg ` +
          'brings it back), or set LEADGEN_DATA_DIR to another folder',
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}
