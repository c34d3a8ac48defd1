/** One limit of a vendor, the calls that fall under it, and how long so many take within it. */
export interface CapLoad {
  /** The same for every operation that shares the limit. */
  key: string;
  vendor: string;
  /** For people, e.g. `15/s`. */
  text: string;
  calls: number;
  ms: (calls: number) => number;
}

/** The limits of a vendor, still without calls. A window lets its first units through at once. */
export function capOf(
  vendor: string,
  windows: readonly { name: string; limit: number; lengthMs: number }[],
  concurrency: number,
  callMs: number,
): CapLoad[] {
  const ofWindows = windows.map(({ name, limit, lengthMs }) => ({
    key: `${vendor} ${name}`,
    vendor,
    text: `${limit}/${lengthText(lengthMs)}`,
    calls: 0,
    ms: (calls: number) => Math.max(0, calls / limit - 1) * lengthMs,
  }));
  const inFlight: CapLoad = {
    key: `${vendor} concurrency`,
    vendor,
    text: `${concurrency} at a time`,
    calls: 0,
    ms: (calls) => (calls / concurrency) * callMs,
  };
  return [...ofWindows, inFlight];
}

const LENGTHS: readonly [ms: number, text: string][] = [
  [1_000, 's'],
  [60_000, 'min'],
  [3_600_000, 'h'],
  [86_400_000, 'day'],
];

function lengthText(lengthMs: number): string {
  const whole = LENGTHS.find(([ms]) => ms === lengthMs);
  return whole ? whole[1] : durationText(lengthMs / 1_000);
}

/** `42 s`, `3 min`, `2 h`, `4 days`: as exact as an estimate is. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
