import { medianOffset, type ClockSample } from './median-offset';

const sample = (askedAt: number, tookMs: number, redisMs: number): ClockSample => ({
  askedAt,
  tookMs,
  redisMs,
});

describe('medianOffset', () => {
  it('takes half the round trip off', () => {
    expect(medianOffset([sample(1_000, 40, 501_020)])).toBe(500_000);
  });

  it('is not misled by a process that stood still for one of its looks', () => {
    const quick = [0, 10, 20, 30].map((at) => sample(at, 2, at + 1 + 500_000));
    expect(medianOffset([...quick, sample(40, 9_000, 41 + 500_000)])).toBe(500_000);
  });
});
