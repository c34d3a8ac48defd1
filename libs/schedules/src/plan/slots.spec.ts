import fc from 'fast-check';
import { checkRule, nextSlotMs, slotsBetween, type SlotRule } from './slots';

const at = (iso: string): number => Date.parse(iso);
const rule = (cron: string, zone = 'UTC'): SlotRule => ({ cron, time_zone: zone });
const between = (of: SlotRule, after: string, until: string): string[] =>
  slotsBetween(of, at(after), at(until), 100).slots.map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('the slots of a schedule', () => {
  it.each<[what: string, of: SlotRule, after: string, until: string, slots: string[]]>([
    [
      'by a zone’s clock, in UTC',
      rule('30 2 * * *', 'Europe/Berlin'),
      '2026-07-01T00:00Z',
      '2026-07-03T00:00Z',
      ['2026-07-01T00:30', '2026-07-02T00:30'],
    ],
    [
      'at a time that the clock skips in spring: an hour later that day, once',
      rule('30 2 * * *', 'Europe/Berlin'),
      '2026-03-28T12:00Z',
      '2026-03-30T12:00Z',
      ['2026-03-29T01:30', '2026-03-30T00:30'],
    ],
    [
      'at a time that the clock shows twice in autumn: once, the first time',
      rule('30 2 * * *', 'Europe/Berlin'),
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'beyond a clock that is put back by half an hour',
      rule('0 6 * * 0', 'Australia/Lord_Howe'),
      '2025-03-31T00:00Z',
      '2025-04-13T00:00Z',
      ['2025-04-05T19:30', '2025-04-12T19:30'],
    ],
    [
      'every hour: every hour that passes, whatever the clock shows',
      rule('0 * * * *', 'America/New_York'),
      '2026-11-01T04:30Z',
      '2026-11-01T08:00Z',
      ['2026-11-01T05:00', '2026-11-01T06:00', '2026-11-01T07:00', '2026-11-01T08:00'],
    ],
    [
      'after, not at, the first moment; up to and with the last',
      rule('0 0 * * *'),
      '2026-01-01T00:00Z',
      '2026-01-02T00:00Z',
      ['2026-01-02T00:00'],
    ],
  ])('%s', (_what, of, after, until, slots) => {
    expect(between(of, after, until)).toEqual(slots);
  });

  it('are found from the end of a long absence, and said to be more', () => {
    const found = slotsBetween(rule('* * * * *'), at('2025-01-01T00:00Z'), at('2026-01-01T00:00Z'), 3);
    expect(found.more).toBe(true);
    expect(found.slots.map((ms) => new Date(ms).toISOString())).toEqual([
      '2025-12-31T23:58:00.000Z',
      '2025-12-31T23:59:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ]);
  });

  it('are the same whichever way they are asked for, in zones that change their clocks as well', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu');
    const crons = fc.constantFrom('30 2 * * *', '0 */6 * * *', '15 1 * * 0', '0 3 1 * *', '45 * * * *');
    const from = fc.integer({ min: at('2025-01-01T00:00Z'), max: at('2027-01-01T00:00Z') });
    fc.assert(
      fc.property(
        zones,
        crons,
        from,
        fc.integer({ min: 0, max: 12 * 86_400_000 }),
        (zone, cron, start, length) => {
          const of = rule(cron, zone);
          const { slots, more } = slotsBetween(of, start, start + length, 5);
          const all: number[] = [];
          for (let ms = nextSlotMs(of, start); ms <= start + length; ms = nextSlotMs(of, ms)) all.push(ms);
          expect(slots).toEqual(all.slice(-5));
          expect(more).toBe(all.length > 5);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a rule is refused, naming the fix:', () => {
  it.each([
    ['@daily', 'UTC', /five fields/],
    ['0 2 * *', 'UTC', /five fields/],
    ['H 2 * * *', 'UTC', /five fields/],
    ['61 2 * * *', 'UTC', /got value 61/],
    ['0 0 31 2 *', 'UTC', /day of month/],
    ['0 2 * * *', 'Berlin', /no time zone: give one like Europe\/Berlin/],
    ['$(reboot) 2 * * *', 'UTC', /five fields/],
  ])('%s %s', (cron, zone, message) => {
    const refused = (): void => checkRule(rule(cron, zone));
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ code: 'invalid_schedule' }) as Error);
  });

  it.each(['30 2 * * *', '*/15 8-18 * * MON-FRI', '0 3 L * *', '*/2 * * * * *'])('but not %s', (cron) => {
    expect(() => checkRule(rule(cron, 'Europe/Berlin'))).not.toThrow();
  });
});
