import type { ScheduleSlot, ScheduleState } from '#libs/contracts';
import { decideSlots, ON_TIME_MS, type SlotDecision } from './decide-slots';

const DAY = 86_400_000;
const TODAY = Date.parse('2026-11-26T01:30:00Z');
const nights = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => TODAY - (count - 1 - i) * DAY);
const iso = (ms: number): string => new Date(ms).toISOString();

const POLICIES = { overlap: 'skip', catch_up: 'last', catch_up_max: 7, paused: false } as const;
const slot = (ms: number, state: ScheduleSlot['state'], more: Partial<ScheduleSlot> = {}): ScheduleSlot => ({
  slot: iso(ms),
  state,
  by: 'clock',
  why: null,
  run_id: state === 'started' || state === 'ended' ? 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123' : null,
  ...more,
});
const stateOf = (...slots: ScheduleSlot[]): ScheduleState => ({
  decided_until: iso(TODAY - 30 * DAY),
  slots,
});

function decide(
  policies: Partial<Parameters<typeof decideSlots>[0]>,
  state: ScheduleState,
  due: readonly number[],
  lateMs = 1_000,
): SlotDecision & { became: string[] } {
  const decision = decideSlots(
    { ...POLICIES, ...policies },
    state,
    { slots: due, more: false },
    TODAY + lateMs,
  );
  const became = decision.state.slots.map(
    (one) => `${one.slot.slice(8, 10)} ${one.state}${one.why === null ? '' : `: ${one.why}`}`,
  );
  return { ...decision, became };
}
const LATE = ON_TIME_MS + 1_000;
const GONE = 'skipped: nobody was there at its time';

describe('a slot that comes in time', () => {
  it('starts, and what was decided is not decided again', () => {
    const { became, state } = decide({}, stateOf(), [TODAY]);
    expect(became).toEqual(['26 starting']);
    expect(state.decided_until).toBe(iso(TODAY));
    expect(decide({}, state, []).state).toEqual(state);
  });

  it.each([
    ['skip', ['25 started', '26 skipped: an earlier run had not ended'], []],
    ['queue', ['25 started', '26 waiting'], []],
    ['cancel-previous', ['25 ended', '26 starting'], ['run_01J8ZC4N5Q6R7S8T9VWXYZ0123']],
  ] as const)('while a run of before has not ended: %s', (overlap, expected, cancelled) => {
    const { became, cancel } = decide({ overlap }, stateOf(slot(TODAY - DAY, 'started')), [TODAY]);
    expect(became).toEqual(expected);
    expect(cancel).toEqual(cancelled);
  });

  it('is one that waits at most: of a queue the first stays, the next is skipped', () => {
    const line = stateOf(slot(TODAY - 2 * DAY, 'started'), slot(TODAY - DAY, 'waiting'));
    expect(decide({ overlap: 'queue' }, line, [TODAY]).became).toEqual([
      '24 started',
      '25 waiting',
      '26 skipped: another slot waited already',
    ]);
  });

  it('takes the place of what waits where the previous one is cancelled', () => {
    const line = stateOf(slot(TODAY - 2 * DAY, 'started'), slot(TODAY - DAY, 'waiting'));
    expect(decide({ overlap: 'cancel-previous' }, line, [TODAY]).became).toEqual([
      '24 ended',
      `25 skipped: replaced by ${iso(TODAY)}`,
      '26 starting',
    ]);
  });

  it('is let pass while the schedule is paused; what waits in line goes on', () => {
    expect(decide({ paused: true }, stateOf(slot(TODAY - DAY, 'waiting')), [TODAY]).became).toEqual([
      '25 starting',
      '26 skipped: paused',
    ]);
  });
});

describe('slots that nobody was there for', () => {
  it.each([
    ['none', [`24 ${GONE}`, `25 ${GONE}`, `26 ${GONE}`]],
    ['last', [`24 ${GONE}`, `25 ${GONE}`, '26 starting']],
    ['all', ['24 starting', '25 waiting', '26 waiting']],
  ] as const)('catch up %s', (catchUp, expected) => {
    expect(decide({ catch_up: catchUp }, stateOf(), nights(3), LATE).became).toEqual(expected);
  });

  it('are made up for by one that comes in time', () => {
    expect(decide({ catch_up: 'last' }, stateOf(), nights(3)).became).toEqual([
      `24 ${GONE}`,
      `25 ${GONE}`,
      '26 starting',
    ]);
    expect(decide({ catch_up: 'none' }, stateOf(), nights(2)).became).toEqual([`25 ${GONE}`, '26 starting']);
  });

  it('are caught up to the number given, the newest, one after the other, and the one in time last', () => {
    const all = { catch_up: 'all', catch_up_max: 2 } as const;
    const first = decide(all, stateOf(), nights(4));
    expect(first.became).toEqual([`23 ${GONE}`, '24 starting', '25 waiting', '26 waiting']);
    const run = (at: number, state: ScheduleSlot['state']) => ({
      ...first.state,
      slots: first.state.slots.map((one, i) => (i === at ? { ...one, state } : one)),
    });
    expect(decide(all, run(1, 'started'), []).became).toContain('25 waiting');
    expect(decide(all, run(1, 'ended'), []).became).toEqual([
      `23 ${GONE}`,
      '24 ended',
      '25 starting',
      '26 waiting',
    ]);
  });

  it('of years do not grow what is remembered beyond a hundred', () => {
    const old = Array.from({ length: 100 }, (_, i) => slot(TODAY - (200 - i) * DAY, 'ended'));
    expect(decide({}, stateOf(...old), nights(60)).state.slots).toHaveLength(100);
  });
});
