import { cap, KEEP, request } from '../test/call-builder';
import { busiest, type Receipt } from '../test/counting-vendor';
import { TimedGate } from '../test/timed-gate';
import type { CapWindow } from './gate.port';

const CALLERS = 30;

describe('the share of a window that is used when more is wanted than it holds', () => {
  let timed: TimedGate;

  beforeAll(async () => {
    timed = await TimedGate.start();
  });
  beforeEach(() => timed.newCell());
  afterAll(() => timed.stop());

  /** Callers that ask again exactly when they were told to, in the test's own time. Answers what the vendor received. */
  async function receipts(
    window: CapWindow,
    latencyMs: number,
    forMs: number,
    others: readonly CapWindow[] = [],
  ): Promise<Receipt[]> {
    const limits = { cap: cap({ concurrency: CALLERS, windows: [window, ...others] }) };
    const received: Receipt[] = [];
    const start = timed.clock.now;
    const due: { at: number; act: () => Promise<void> }[] = [];
    let made = 0;
    const caller = async (): Promise<void> => {
      made += 1;
      const call = request(`call-${made}`, { made }, limits);
      const ask = async (): Promise<void> => {
        const answer = await timed.gate.acquire(call);
        const { now } = timed.clock;
        if (answer.kind === 'wait') due.push({ at: now + answer.inMs, act: ask });
        if (answer.kind !== 'granted') return;
        received.push({ at: now + Math.floor(latencyMs / 2), units: { [window.name]: 1 } });
        const settle = async (): Promise<void> => {
          await timed.gate.settle(call, answer, KEEP, {});
          await caller();
        };
        due.push({ at: now + latencyMs, act: settle });
      };
      await ask();
    };
    for (let n = 0; n < CALLERS; n += 1) await caller();
    for (;;) {
      due.sort((a, b) => a.at - b.at);
      const next = due.shift();
      if (!next || next.at > start + forMs) return received;
      if (next.at > timed.clock.now) await timed.clock.set(next.at);
      await next.act();
    }
  }

  const MINUTE: CapWindow = { name: 'w', kind: 'fixed', limit: 200, lengthMs: 60_000, units: 1 };
  it.each([
    [
      'a sliding second at 50 ms latency',
      { ...MINUTE, kind: 'sliding', limit: 20, lengthMs: 1_000 },
      50,
      0.9,
    ],
    ['a fixed minute', MINUTE, 400, 0.95],
    ['a minute that opens with the first request', { ...MINUTE, kind: 'anchored' }, 400, 0.95],
    ['a fixed second', { ...MINUTE, limit: 20, lengthMs: 1_000 }, 50, 0.9],
  ] as const)('%s', async (_what, window, latencyMs, share) => {
    const stretches = 20;
    const received = await receipts(window, latencyMs, stretches * window.lengthMs);
    expect(received.length).toBeGreaterThanOrEqual(share * stretches * window.limit);
    for (const skew of [-1_000, 0, 1_000]) {
      expect(busiest(window, received, skew)).toBeLessThanOrEqual(window.limit);
    }
  });

  it.each([200, 900, 1_500, 3_000])(
    'a start %d ms before an edge costs the next fixed minute no more than it used before, and later ones nothing',
    async (beforeMs) => {
      const { limit, lengthMs } = MINUTE;
      const edge = (Math.floor(timed.clock.now / lengthMs) + 2) * lengthMs;
      await timed.clock.set(edge - beforeMs);
      const received = await receipts(MINUTE, 400, beforeMs + 4 * lengthMs);
      const of = (stretch: number): number =>
        received.filter(({ at }) => Math.floor((at - edge) / lengthMs) === stretch).length;
      expect(of(-1) + of(0)).toBeGreaterThanOrEqual(limit);
      expect([1, 2, 3].map(of)).toEqual([limit, limit, limit]);
    },
  );

  it.each([
    ['a sliding minute', { ...MINUTE, kind: 'sliding', limit: 20 }, 3, 9_000, 400],
    ['a sliding second', { ...MINUTE, kind: 'sliding', limit: 20, lengthMs: 1_000 }, 4, 200, 50],
  ] as const)(
    'is as large where a second window spreads %s',
    async (_what, window, limit, everyMs, latencyMs) => {
      const stretches = 10;
      // A unit is held while its call lasts, and one more for the part of a millisecond that is rounded off.
      const spread = {
        ...window,
        kind: 'sliding',
        name: 'spread',
        limit,
        lengthMs: everyMs - latencyMs - 1,
      } as const;
      const received = await receipts(window, latencyMs, stretches * window.lengthMs, [spread]);
      expect(received.length).toBeGreaterThanOrEqual(0.95 * stretches * window.limit);
      const together = busiest({ ...spread, name: window.name, lengthMs: everyMs - latencyMs }, received, 0);
      expect(together).toBeLessThanOrEqual(limit);
    },
  );
});
