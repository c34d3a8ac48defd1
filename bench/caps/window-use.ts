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

/** The share of the whole windows from the first call on, `skip` of them left out: a fleet needs a moment to start. Pure. */
export function shareUsed(
  times: readonly number[],
  { limit, lengthMs }: { limit: number; lengthMs: number },
  skip = 0,
): { windows: number; used: number } {
  const first = (times[0] ?? 0) + skip * lengthMs;
  const last = times.at(-1) ?? 0;
  const windows = Math.floor((last - first) / lengthMs);
  if (windows < 1) return { windows: 0, used: 0 };
  const within = times.filter((at) => at >= first && at < first + windows * lengthMs).length;
  return { windows, used: within / (windows * limit) };
}
