import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import type { ConnectedCell } from './connected-cell';

export interface OpenCell {
  cell: ConnectedCell;
  /** True if this process started the cell's Redis and workers, and will stop them. */
  embedded: boolean;
  /** Aborted, with the error as its reason, when the cell breaks down beyond repair. */
  lost: AbortSignal;
  /** Where the vendor simulator listens, in an offline cell that is embedded. */
  simulatorUrl?: string;
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
  /** Where Redis's packages are kept, if not in the data folder. */
  redisCacheDir?: string | undefined;
  /** How long to wait for another command that works in the data folder (embedded cells only); 0 unless given, ms. */
  folderWaitMs?: number;
  /** Start the API as well (embedded cells only). */
  withApi?: boolean;
}
