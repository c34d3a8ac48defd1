import { aStanding, aVendorState } from '../../test/vendor-state';
import type { VendorState } from './vendor-state';
import { whyWaiting } from './why-waiting';

const texts = (state: VendorState): string[] => whyWaiting(state).map(({ text }) => text);

describe('what a call of a vendor waits for', () => {
  it('is nothing while everything has room', () => {
    expect(whyWaiting(aVendorState())).toEqual([]);
  });

  it.each<[state: VendorState, words: RegExp]>([
    [
      aVendorState({}, { standing: aStanding('sonar', 'set VENDOR_SONAR_API_KEY') }),
      /settings.*set VENDOR_SONAR_API_KEY/,
    ],
    [
      aVendorState({ closedForMs: 600_000, closedWhy: 'quota' }),
      /closed: its quota is used up; opens in 10 min/,
    ],
    [
      aVendorState({ closedForMs: 600_000, closedWhy: 'maintenance' }),
      /closed: maintenance; opens in 10 min/,
    ],
    [
      aVendorState({ breaker: 'open', faults: 5, probeInMs: 12_000 }),
      /out of order: 5 failures in a row.*the next in 12 s/,
    ],
    [
      aVendorState({ windows: [{ name: 'minute', declared: 10, limit: 10, used: 10, freesInMs: 42_000 }] }),
      /minute: 10 of 10 used; the next is free in 42 s/,
    ],
    [
      aVendorState({ windows: [{ name: 'minute', declared: 10, limit: 4, used: 4, freesInMs: 1 }] }),
      /4 of 4 \(10 by our settings; the vendor says less\) used/,
    ],
    [
      aVendorState({ concurrency: { limit: 3, used: 3, lapsed: 1 } }),
      /3 of 3 calls at a time are under way, 1 of a process that died/,
    ],
    [
      aVendorState({}, { lane: { waiting: 7, inHand: 2 } }),
      /7 companies wait in its lane, 2 in workers' hands/,
    ],
    [
      aVendorState({
        budgets: [{ scope: 'run', limitMicro: 5_000_000, spentMicro: 4_900_000, reservedMicro: 100_000 }],
      }),
      /the run budget: \$4\.90 of \$5\.00 spent, \$0\.10 reserved/,
    ],
  ])('%#: is said in a sentence', (state, words) => {
    expect(texts(state)).toHaveLength(1);
    expect(texts(state)[0]).toMatch(words);
  });

  it('is all of it, the time of each told to machines', () => {
    const state = aVendorState({
      closedForMs: 5_000,
      closedWhy: 'rate_limited',
      windows: [{ name: 'second', declared: 1, limit: 1, used: 1, freesInMs: 900 }],
    });
    expect(whyWaiting(state).map(({ what, forMs }) => [what, forMs])).toEqual([
      ['closed', 5_000],
      ['window', 900],
    ]);
  });
});
