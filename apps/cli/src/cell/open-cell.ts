import { requireUsableRedis } from '#libs/redis';
import type { OpenCell, OpenCellOptions } from './opened-cell';
import { connectCell, requireWorkers } from './connected-cell';
import { startEmbeddedCell } from './embedded-cell';

/**
 * The cell of `REDIS_URL` with its own workers, or a private one started here.
 * Throws as `openRedis` within 5 s, `redis_misconfigured` if it may throw runs away, `worker_absent` after 10 s, or what the embedded cell throws.
 */
export async function openCell(options: OpenCellOptions): Promise<OpenCell> {
  const { settings, logger } = options;
  if (settings.redis.url === undefined) return startEmbeddedCell(options);
  const cell = await connectCell(settings.redis.url, settings, logger);
  try {
    await requireUsableRedis(cell.redis, { mustKeepAll: true });
    await requireWorkers(cell.workers, options.signal);
  } catch (error) {
    await cell.close();
    throw error;
  }
  return { cell, embedded: false, lost: new AbortController().signal, close: () => cell.close() };
}
