import { stripVTControlCharacters } from 'node:util';
import { runRecord } from '../../test/run-record';
import { aStanding, aVendorState } from '../../test/vendor-state';
import { Pace } from './pace';
import type { RunProgress } from './run-progress';
import { screenLine } from './screen-line';
import { stageView } from './stage-view';

const AT = Date.parse('2026-03-01T12:00:00.000Z');
const usage = {
  vendor: 'sonar',
  calls: 1,
  cached: 0,
  found: 1,
  empty: 0,
  failed: 0,
  p95_ms: null,
  simulated: false,
};

function progress(changes: Parameters<typeof runRecord>[0], more: Partial<RunProgress> = {}): RunProgress {
  const record = runRecord({
    state: 'running',
    status: { phase: 'enrich', message: 'Enriching: 40 of 120 companies', updated_at: '' },
    counters: { candidates: 120, done: 38, failed: 2 },
    ...changes,
  });
  return { record, usage: [], stageMs: { plan: 40, normalize: 2_300 }, caps: [], ...more };
}
const shown = (of: RunProgress, columns = 120, secondsLeft?: number): string[] =>
  stageView(of, { columns, nowMs: AT + 185_000, secondsLeft }).map(stripVTControlCharacters);

describe('the live view', () => {
  it('shows which stages are done, which one is at work, and for how long', () => {
    expect(shown(progress({}))[0]).toBe(
      '✓ plan 0.0 s  ✓ normalize 2.3 s  ✓ shortlist  ● enrich  · score  · export  · summary  3:05',
    );
    expect(shown(progress({ state: 'paused' }))[0]).toContain('‖ enrich');
  });

  it('shows how many companies have ended, and how long the rest takes only where that is known', () => {
    const of = progress({});
    expect(shown(of)[2]).toBe('  Companies     ████████░░░░░░░░░░░░░░░░ 40 of 120, 2 failed');
    expect(shown(of, 120, 130)[2]).toMatch(/, about 2 min at this pace$/);
    expect(shown(progress({ state: 'paused' }), 120, 130)[2]).not.toContain('at this pace');
    const counters = { candidates: 0, done: 0, failed: 0 };
    expect(shown(progress({ counters })).join()).not.toContain('Companies');
  });

  it('shows the cost, against the budget where there is one', () => {
    const spent = [{ ...usage, cost_micro: 1_500_000, saved_micro: 250_000 }];
    expect(shown(progress({}, { usage: spent }))[3]).toBe('  Cost          $1.50, $0.25 saved by the ledger');
    const invented = spent.map((by) => ({ ...by, simulated: true }));
    expect(shown(progress({}, { usage: invented }))[3]).toContain('$1.50 simulated, ');
    const budgets = { run_micro: 6_000_000, tenant_day_micro: null, vendor_day_micro: null };
    const plan = { stages: ['enrich'], budgets } as never;
    expect(shown(progress({ plan }, { usage: spent }))[3]).toContain(
      '██████░░░░░░░░░░░░░░░░░░ $1.50 of $6.00',
    );
  });

  it('shows caps: what is used, what is full, what is closed until when', () => {
    const window = { name: 'second', declared: 15, limit: 15, used: 15, freesInMs: 800 };
    const closed = { closedForMs: 8 * 3_600_000, closedWhy: 'evil \u001b[2Jquota' };
    const lines = shown(
      progress(
        {},
        {
          caps: [
            aVendorState({ windows: [{ ...window, used: 5 }] }, { standing: aStanding('roomy') }),
            aVendorState(
              { windows: [window] },
              { standing: aStanding('full'), lane: { waiting: 3, inHand: 0 } },
            ),
            aVendorState(closed, { standing: aStanding('shut') }),
          ],
        },
      ),
    ).slice(3);
    expect(lines[0]).toBe('  roomy         ████████░░░░░░░░░░░░░░░░ second 5/15');
    expect(lines[1]).toMatch(/^ {2}full {10}█{24} second 15\/15, free in 1 s, 3 waiting$/);
    expect(lines[2]).toMatch(/^ {2}shut {10}closed for 8 h: /);
    expect(lines.join()).not.toContain('\u001b');
  });

  it('keeps to six vendors, those most in the way, each in its place', () => {
    const caps = Array.from({ length: 9 }, (_, i) => {
      const used = i === 8 ? 15 : i;
      const windows = [{ name: 'minute', declared: 15, limit: 15, used, freesInMs: 0 }];
      return aVendorState({ windows }, { standing: aStanding(`v${i}`) });
    });
    const lines = shown(progress({}, { caps })).slice(3);
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
      'v3',
      'v4',
      'v5',
      'v6',
      'v7',
      'v8',
      'and',
    ]);
    expect(lines.at(-1)).toBe('  and 3 vendors more');
  });

  it.each([20, 40, 79, 200])('is never wider than %d columns', (columns) => {
    const message = 'a very long message, '.repeat(20);
    const status = { phase: 'enrich' as const, message, updated_at: '' };
    for (const line of shown(progress({ status }), columns)) expect(line.length).toBeLessThanOrEqual(columns);
  });
});

describe('a line of the screen', () => {
  const loud = (text: string): string => text.toUpperCase();
  it.each([
    [10, 'ab CD ef'],
    [8, 'ab CD ef'],
    [7, 'ab CD …'],
    [4, 'ab …'],
    [1, '…'],
  ])('in %d columns is %j', (columns, text) => {
    expect(screenLine(['ab ', ['cd', loud], ' ef'], columns)).toBe(text);
  });
});

describe('the pace', () => {
  const pace = (...looks: [number, number][]): Pace => {
    const made = new Pace();
    for (const [atMs, ended] of looks) made.look(atMs, ended);
    return made;
  };

  it('is not told before enough companies have ended in enough time', () => {
    expect(pace().secondsFor(10)).toBeUndefined();
    expect(pace([0, 0], [60_000, 9]).secondsFor(10)).toBeUndefined();
    expect(pace([0, 0], [4_900, 100]).secondsFor(10)).toBeUndefined();
  });

  it('is that of the last minute, and forgotten with a pause', () => {
    expect(pace([0, 0], [10_000, 20]).secondsFor(40)).toBe(20);
    const slower = pace([0, 0], [60_000, 600], [120_000, 660]);
    expect(slower.secondsFor(10)).toBe(10);
    slower.forget();
    expect(slower.secondsFor(10)).toBeUndefined();
  });
});
