import fc from 'fast-check';
import { TICK_SLOTS_MS, tickKey, tickSlotMs, type TickSlot } from './tick-slot';

const at = (iso: string): number => Date.parse(iso);
const slotOf = (iso: string, slot: TickSlot): string => new Date(tickSlotMs(at(iso), slot)).toISOString();

describe('the slot of a cron tick', () => {
  it.each<[time: string, slot: TickSlot, expected: string]>([
    ['2026-11-26T02:00:00.200Z', 'minute', '2026-11-26T02:00:00.000Z'],
    ['2026-11-26T02:00:00.200Z', 'hour', '2026-11-26T02:00:00.000Z'],
    ['2026-11-26T02:00:00.200Z', 'day', '2026-11-26T00:00:00.000Z'],
    // A host whose clock is ahead starts before the hour, and before midnight, of the others.
    ['2026-11-26T01:59:58.000Z', 'hour', '2026-11-26T02:00:00.000Z'],
    ['2026-11-25T23:59:58.000Z', 'day', '2026-11-26T00:00:00.000Z'],
    ['2026-11-26T02:59:29.999Z', 'hour', '2026-11-26T02:00:00.000Z'],
    ['2026-11-26T02:59:30.000Z', 'hour', '2026-11-26T03:00:00.000Z'],
  ])('%s by %s is %s', (time, slot, expected) => {
    expect(slotOf(time, slot)).toBe(expected);
  });

  it('never comes twice where a zone’s hour does: both ticks at 02:30 of a Berlin October are their own', () => {
    const [first, second] = ['2026-10-25T00:30:01Z', '2026-10-25T01:30:01Z'];
    expect(slotOf(first, 'hour')).not.toBe(slotOf(second, 'hour'));
    expect(slotOf(first, 'day')).toBe(slotOf(second, 'day'));
  });

  it('is one for all ticks up to half a minute around a full minute, and moves on with time', () => {
    const slots = fc.constantFrom<TickSlot>('minute', 'hour', 'day');
    const minutes = fc.integer({ min: 0, max: 50_000_000 });
    const jitter = fc.integer({ min: -30_000, max: 29_999 });
    fc.assert(
      fc.property(slots, minutes, jitter, jitter, (slot, minute, one, other) => {
        const full = minute * 60_000;
        expect(tickSlotMs(full + one, slot)).toBe(tickSlotMs(full + other, slot));
        const size = TICK_SLOTS_MS[slot];
        expect(tickSlotMs(full + size, slot)).toBe(tickSlotMs(full, slot) + size);
      }),
    );
  });

  it('names the key with schedule and slot', () => {
    expect(tickKey('nightly', at('2026-11-26T02:00:00Z'))).toBe('tick:nightly:2026-11-26T02:00:00.000Z');
  });
});
