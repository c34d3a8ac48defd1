import fc from 'fast-check';
import { RequestMeter } from './request-meter';

const VENDOR = { id: 'acme', windows: [{ limit: 3, lengthMs: 1_000 }] };

/** Asks at these moments and answers the moments at which it was let in. */
function admittedOf(moments: readonly number[], windows = VENDOR.windows): number[] {
  const meter = new RequestMeter();
  return moments.filter((at) => meter.admit({ id: 'acme', windows }, 'key', at) === null);
}

describe('windows', () => {
  it('admit their limit and no more, to the millisecond', () => {
    expect(admittedOf([0, 1, 2, 3, 999, 1_000, 1_000, 1_001, 1_001])).toEqual([0, 1, 2, 1_000, 1_001]);
  });

  it('never hold more than their limit in any stretch of their length', () => {
    const window = fc.record({
      limit: fc.integer({ min: 1, max: 6 }),
      lengthMs: fc.integer({ min: 1, max: 500 }),
    });
    const moments = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), moments, (windows, asked) => {
        const admitted = admittedOf(
          asked.sort((a, b) => a - b),
          windows,
        );
        for (const { limit, lengthMs } of windows) {
          for (const from of admitted) {
            const within = admitted.filter((at) => at >= from && at < from + lengthMs);
            expect(within.length).toBeLessThanOrEqual(limit);
          }
        }
      }),
    );
  });

  it('let a request in that waited for its place: a refused one takes none', () => {
    expect(admittedOf([0, 0, 0, 500, 600, 700, 1_000])).toEqual([0, 0, 0, 1_000]);
  });

  it('are kept in little memory and time, however large', () => {
    const windows = [{ limit: 80_000, lengthMs: 10_000 }];
    const began = performance.now();
    const asked = Array.from({ length: 400_000 }, (_, i) => i / 10);
    expect(admittedOf(asked, windows)).toHaveLength(320_000);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('credits', () => {
  it('are spent by what was bought, per key, and filled up by setting them again', () => {
    const meter = new RequestMeter();
    const ask = (key: string) => meter.admit({ id: 'acme', windows: [] }, key, 0);
    meter.setCaps({ vendor: 'acme', credits: 2 });
    expect(ask('a')).toBeNull();
    meter.spend('acme', 'a', 2);
    expect([ask('a'), ask('b')]).toEqual(['quota', null]);
    meter.setCaps({ vendor: 'acme', credits: 1 });
    expect(ask('a')).toBeNull();
    meter.spend('acme', 'a', 1);
    meter.setCaps({ vendor: 'acme', credits: null });
    expect(ask('a')).toBeNull();
  });
});
