/** One look at Redis's clock. */
export interface ClockSample {
  /** By this process's steady clock, ms. */
  askedAt: number;
  /** The whole round trip, ms. */
  tookMs: number;
  /** What Redis answered, ms since 1970. */
  redisMs: number;
}

/**
 * How far Redis's clock is from the steady one, the answer taken to have been given half-way through the round trip: half of
 * that is the most a sample can be wrong by. The middle one of the samples. Pure.
 */
export function medianOffset(samples: readonly ClockSample[]): number {
  const offsets = samples.map(({ askedAt, tookMs, redisMs }) => redisMs - (askedAt + tookMs / 2));
  const middle = offsets.sort((a, b) => a - b)[Math.floor(offsets.length / 2)];
  if (middle === undefined) throw new RangeError('no sample');
  return middle;
}
