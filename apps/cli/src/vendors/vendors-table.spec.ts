import { stripVTControlCharacters } from 'node:util';
import { aStanding, aVendorState } from '../../test/vendor-state';
import type { VendorState } from './vendor-state';
import { vendorLine } from './vendor-line';
import { vendorsTable } from './vendors-table';

const table = (...states: VendorState[]): string => stripVTControlCharacters(vendorsTable(states));
const budgets = [
  { scope: 'vendor_day' as const, limitMicro: 5_000_000, spentMicro: 1_250_000, reservedMicro: 0 },
];

describe('the table of vendors', () => {
  it('has a line for each: state, windows, calls under way, who waits, money', () => {
    const text = table(aVendorState({ budgets }, { lane: { waiting: 12, inHand: 3 } }));
    expect(text).toMatch(/│ sonar +│ open +│ minute 40\/500 +│ +2\/10 │ +12 │ +\$1\.25 of \$5\.00 │/);
  });

  it('says until when and why a vendor is closed, and what to set for one that cannot be asked', () => {
    const text = table(
      aVendorState({ closedForMs: 240_000, closedWhy: 'quota' }),
      aVendorState({}, { standing: aStanding('radar', 'set VENDOR_RADAR_API_KEY') }),
      aVendorState({ breaker: 'open', probeInMs: 20_000 }),
    );
    expect(text).toMatch(/closed for 4 min[\s\S]*its quota is used up/);
    expect(text).toMatch(/set VENDOR_RADAR_API_KEY/);
    expect(text).toMatch(/out of order[\s\S]*tried in 20 s/);
  });

  it('says when a full window has room again, and marks what is simulated', () => {
    const windows = [{ name: 'minute', declared: 10, limit: 10, used: 10, freesInMs: 31_000 }];
    const text = table(aVendorState({ windows }, { simulated: true }));
    expect(text).toMatch(/sonar simulated/);
    expect(text).toMatch(/minute 10\/10, free in 31 s/);
  });

  it('lets a reason that somebody typed do nothing to the terminal', () => {
    const closedWhy = 'evil\u001b[2J\u0007';
    const text = vendorsTable([aVendorState({ closedForMs: 1_000, closedWhy })]);
    expect(text).toContain('evil');
    expect(text).not.toContain('\u001b[2J');
    expect(text).not.toContain('\u0007');
  });
});

describe('the line of a vendor for machines', () => {
  it('has every figure, in ms and dollars', () => {
    const state = aVendorState({ budgets, closedForMs: 5, closedWhy: 'quota' });
    expect(vendorLine(state)).toMatchObject({
      vendor: 'sonar',
      cap: 'sonar',
      usable: true,
      closed_for_ms: 5,
      closed_why: 'quota',
      in_flight: { used: 2, limit: 10, lapsed: 0 },
      windows: [{ name: 'minute', used: 40, limit: 500, declared: 500, frees_in_ms: 0 }],
      spent_today_usd: '1.25',
      day_budget_usd: '5.00',
    });
  });
});
