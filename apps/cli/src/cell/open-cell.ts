import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { connectCell, requireWorkers, type ConnectedCell } from './connected-cell';
import { startEmbeddedCell } from './embedded-cell';

export interface OpenCell {
  cell: ConnectedCell;
  /** True if this process started the cell's Redis and workers, and will stop them. */
  embedded: boolean;
  /** Aborted, with the error as its reason, when the cell breaks down beyond repair. */
  lost: AbortSignal;
  /** Where the API listens, if it was asked for. */
  apiUrl?: string;
  close(): Promise<void>;
}

export interface OpenCellOptions {
  settings: Settings;
  logger: Logger;
  signal: AbortSignal;
  /** Tells a person what is being started. */
  note: (text: string) => void;
  /** Start the API as well (embedded cells only). */
  withApi?: boolean;
}

/**
 * The cell of `REDIS_URL` with its own workers, or a private one started here.
 * Throws `redis_unreachable` within 5 s, `worker_absent` after 10 s, or what the embedded cell throws.
 */
export async function openCell(options: OpenCellOptions): Promise<OpenCell> {
  const { settings, logger } = options;
  if (settings.redis.url === undefined) return startEmbeddedCell(options);
  const cell = await connectCell(settings.redis.url, settings, logger);
  try {
    await requireWorkers(cell.workers);
  } catch (error) {
    await cell.close();
    throw error;
  }
  return { cell, embedded: false, lost: new AbortController().signal, close: () => cell.close() };
}
