import type { InputTotals } from '#libs/contracts';

/** What one process took for one file, from its start on in memory, without its start in time. */
export interface MeasuredRun {
  totals: InputTotals;
  elapsedMs: number;
  rssMaxBytes: number;
}
