import fc from 'fast-check';
import type { SimulatedWindow, VendorRequest } from '../vendors/simulated-vendor.port';
import type { Caps } from './caps';
import { RequestMeter } from './request-meter';

const NOTHING_ASKED: VendorRequest = { path: {}, query: new URLSearchParams(), headers: {}, body: '' };

function aWindow(window: Partial<SimulatedWindow>): SimulatedWindow {
  return { name: 'any', kind: 'sliding', limit: 3, lengthMs: 1_000, ...window };
}

/** Asks at these moments and answers the moments at which it was let in. */
function admittedOf(moments: readonly number[], windows: readonly SimulatedWindow[]): number[] {
  const meter = new RequestMeter();
  const call = { op: 'find', key: 'key', request: NOTHING_ASKED };
  return moments.filter((at) => meter.admit({ id: 'acme', windows }, call, at).refusal === null);
}

describe('a window', () => {
  it.each([
    ['sliding', [0, 1, 2, 3, 999, 1_000, 1_000, 1_001, 1_001], [0, 1, 2, 1_000, 1_001]],
    ['fixed', [700, 800, 900, 999, 1_000, 1_000, 1_001, 1_500], [700, 800, 900, 1_000, 1_000, 1_001]],
    ['anchored', [700, 800, 1_699, 1_699, 1_700, 2_699, 2_700], [700, 800, 1_699, 1_700, 2_699, 2_700]],
  ] as const)('that is %s admits its limit and no more, to the millisecond', (kind, asked, admitted) => {
    expect(admittedOf(asked, [aWindow({ kind })])).toEqual(admitted);
  });

  it('lets a request in that waited for its place: a refused one takes none', () => {
    expect(admittedOf([0, 0, 0, 500, 600, 700, 1_000], [aWindow({})])).toEqual([0, 0, 0, 1_000]);
  });

  it.each(['sliding', 'fixed', 'anchored'] as const)(
    'that is %s is kept in little memory and time, however large',
    (kind) => {
      const windows = [aWindow({ kind, limit: 80_000, lengthMs: 10_000 })];
      const asked = Array.from({ length: 400_000 }, (_, i) => i / 10);
      const began = process.cpuUsage();
      expect(admittedOf(asked, windows)).toHaveLength(320_000);
      expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
    },
  );
});

interface Asked {
  at: number;
  op: string;
  units: number;
}
const OPS = ['find', 'verify'] as const;

/** What the window holds of these at `now`, by the plainest reading of its kind. */
function heldBy({ kind, lengthMs, ops }: SimulatedWindow, admitted: readonly Asked[], now: number): number {
  const counted = admitted.filter(({ op }) => !ops || ops.includes(op));
  let from = kind === 'sliding' ? now - lengthMs + 1 : Math.floor(now / lengthMs) * lengthMs;
  if (kind === 'anchored') {
    from = -Infinity;
    for (const { at } of counted) if (at >= from + lengthMs || from === -Infinity) from = at;
    if (now >= from + lengthMs) return 0;
  }
  return counted.filter(({ at }) => at >= from).reduce((sum, { units }) => sum + units, 0);
}

describe('windows of every kind together, some of one operation, some weighing', () => {
  const windows = fc.array(
    fc.record({
      kind: fc.constantFrom('sliding' as const, 'fixed' as const, 'anchored' as const),
      limit: fc.integer({ min: 1, max: 6 }),
      lengthMs: fc.integer({ min: 1, max: 500 }),
      ops: fc.option(fc.constantFrom(['find'], ['verify']), { nil: undefined }),
      weighs: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const requests = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 2_000 }),
      op: fc.constantFrom(...OPS),
      units: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 120 },
  );

  it('never hold more than their limit, and refuse only what would be too much', () => {
    fc.assert(
      fc.property(windows, requests, (drawn, asked) => {
        const set = drawn.map(({ ops, weighs, ...window }, i): SimulatedWindow => ({
          ...window,
          name: `w${i}`,
          ...(ops ? { ops } : {}),
          ...(weighs ? { weigh: ({ body }: VendorRequest) => Number(body) } : {}),
        }));
        const meter = new RequestMeter();
        const admitted: Asked[] = [];
        for (const { at, op, units } of asked.sort((a, b) => a.at - b.at)) {
          const request = { ...NOTHING_ASKED, body: String(units) };
          const { refusal } = meter.admit({ id: 'acme', windows: set }, { op, key: 'key', request }, at);
          const isTooMuch = set.some((window) => {
            const weighed = admitted.map((one) => ({ ...one, units: window.weigh ? one.units : 1 }));
            const counts = !window.ops || window.ops.includes(op);
            return counts && heldBy(window, weighed, at) + (window.weigh ? units : 1) > window.limit;
          });
          expect(refusal).toBe(isTooMuch ? 'rate_limit' : null);
          if (refusal === null) admitted.push({ at, op, units });
        }
      }),
    );
  });
});

describe('what a vendor says of its windows', () => {
  const windows = [
    aWindow({ name: 'minute', kind: 'anchored', limit: 2, lengthMs: 60_000 }),
    aWindow({ name: 'hour', kind: 'fixed', limit: 3, lengthMs: 3_600_000 }),
    aWindow({ name: 'second', kind: 'sliding', limit: 9, lengthMs: 1_000 }),
    aWindow({ name: 'of another operation', ops: ['verify'] }),
  ];
  const ask = (meter: RequestMeter, at: number) =>
    meter.admit({ id: 'acme', windows }, { op: 'find', key: 'key', request: NOTHING_ASKED }, at);

  it('is how much is left after the request, and until when', () => {
    const meter = new RequestMeter();
    ask(meter, 1_000);
    expect(ask(meter, 1_400)).toEqual({
      refusal: null,
      full: null,
      windows: [
        { name: 'minute', limit: 2, left: 0, resetInMs: 59_600 },
        { name: 'hour', limit: 3, left: 1, resetInMs: 3_598_600 },
        { name: 'second', limit: 9, left: 7, resetInMs: 1_000 },
      ],
    });
  });

  it('names the full window that stays so for longest', () => {
    const meter = new RequestMeter();
    for (const at of [0, 0, 60_000]) ask(meter, at);
    expect(ask(meter, 60_001)).toMatchObject({ refusal: 'rate_limit', full: { name: 'hour' } });
    expect(meter.of({ id: 'acme', windows }).use()).toMatchObject([
      { name: 'minute', admitted: 3, fullest: 2 },
      { name: 'hour', admitted: 3, fullest: 3 },
      { name: 'second', admitted: 3, fullest: 2 },
      { name: 'of another operation', admitted: 0, fullest: 0 },
    ]);
  });
});

describe('caps that are set', () => {
  const DOCUMENTED = [
    aWindow({ name: 'second', limit: 10 }),
    aWindow({ name: 'day', kind: 'anchored', limit: 100, lengthMs: 86_400_000, ops: ['find'] }),
  ];
  const vendor = { id: 'acme', windows: DOCUMENTED };
  const after = (...caps: Caps['windows'][]) => {
    const meter = new RequestMeter();
    for (const windows of caps) meter.setCaps(vendor, { vendor: 'acme', windows });
    return meter.of(vendor).caps().windows;
  };

  it('change the window of their name, which keeps its kind and operations', () => {
    expect(after([{ name: 'day', limit: 5, lengthMs: 2_000 }])).toEqual([
      DOCUMENTED[0],
      { ...DOCUMENTED[1], limit: 5, lengthMs: 2_000 },
    ]);
  });

  it('replace all windows when they have no names', () => {
    expect(after([{ limit: 5, lengthMs: 2_000 }])).toEqual([
      { name: 'window-1', kind: 'sliding', limit: 5, lengthMs: 2_000 },
    ]);
    expect(after([])).toEqual([]);
  });

  it('bring one documented window back by its name, and no other', () => {
    expect(after([], [{ name: 'day', limit: 1, lengthMs: 1_000, kind: 'fixed' }])).toEqual([
      { ...DOCUMENTED[1], limit: 1, lengthMs: 1_000, kind: 'fixed' },
    ]);
  });

  it('count afresh', () => {
    const meter = new RequestMeter();
    const ask = () => meter.admit(vendor, { op: 'find', key: 'key', request: NOTHING_ASKED }, 0).refusal;
    const windows = [{ limit: 1, lengthMs: 1_000 }];
    meter.setCaps(vendor, { vendor: 'acme', windows });
    expect([ask(), ask()]).toEqual([null, 'rate_limit']);
    meter.setCaps(vendor, { vendor: 'acme', windows });
    expect(ask()).toBeNull();
  });
});

describe('credits', () => {
  it('are spent by what was bought, per key, and filled up by setting them again', () => {
    const vendor = { id: 'acme', windows: [] };
    const meter = new RequestMeter();
    const ask = (key: string) => meter.admit(vendor, { op: 'find', key, request: NOTHING_ASKED }, 0).refusal;
    meter.setCaps(vendor, { vendor: 'acme', credits: 2 });
    expect(ask('a')).toBeNull();
    meter.spend(vendor, 'a', 2);
    expect([ask('a'), ask('b')]).toEqual(['quota', null]);
    meter.setCaps(vendor, { vendor: 'acme', credits: 1 });
    expect(ask('a')).toBeNull();
    meter.spend(vendor, 'a', 1);
    meter.setCaps(vendor, { vendor: 'acme', credits: null });
    expect(ask('a')).toBeNull();
  });
});
