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
  /** The same of the windows left out, while the fleet started: told, not held to. Null: none was. */
  used_at_start: number | null;
}

/**
 * The shares of the whole windows that were used, the first `skip` of them apart: a fleet needs a moment to start. A fixed
 * window is the clock's own; any other begins with the first call. Pure.
 */
export function shareUsed(
  times: readonly number[],
  { kind, limit, lengthMs }: Pick<CappedWindow, 'kind' | 'limit' | 'lengthMs'>,
  skip = 0,
): Pick<WindowUse, 'windows' | 'used' | 'used_at_start'> {
  const begin = times[0] ?? 0;
  const first = kind === 'fixed' ? Math.ceil(begin / lengthMs) * lengthMs : begin;
  const windows = Math.floor(((times.at(-1) ?? 0) - first) / lengthMs) - skip;
  const used = (from: number, count: number): number => {
    const within = times.filter((at) => at >= from && at < from + count * lengthMs).length;
    return Math.round((within / (count * limit)) * 1_000) / 1_000;
  };
  return {
    windows: Math.max(0, windows),
    used: windows < 1 ? 0 : used(first + skip * lengthMs, windows),
    used_at_start: skip === 0 ? null : used(first, skip),
  };
}
