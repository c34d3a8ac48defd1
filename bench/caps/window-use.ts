import type { CappedWindow } from './capped-cell';

/** How a capped window was used, by the vendor's own count of what it let in. */
export interface WindowUse {
  vendor: string;
  window: string;
  /** Requests refused because the window was full: calls over the cap. */
  over: number;
  calls: number;
  /** Edges of the window within the time looked at. */
  windows: number;
  /** Of what those windows hold, the share that was used. */
  used: number;
}

/**
 * The share of the whole windows that was used, `skip` of them left out: a fleet needs a moment to start. A fixed window is
 * the clock's own; any other begins with the first call. Pure.
 */
export function shareUsed(
  times: readonly number[],
  { kind, limit, lengthMs }: Pick<CappedWindow, 'kind' | 'limit' | 'lengthMs'>,
  skip = 0,
): { windows: number; used: number } {
  const begin = times[0] ?? 0;
  const first = (kind === 'fixed' ? Math.ceil(begin / lengthMs) * lengthMs : begin) + skip * lengthMs;
  const windows = Math.floor(((times.at(-1) ?? 0) - first) / lengthMs);
  if (windows < 1) return { windows: 0, used: 0 };
  const within = times.filter((at) => at >= first && at < first + windows * lengthMs).length;
  return { windows, used: within / (windows * limit) };
}
