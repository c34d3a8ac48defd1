import { calendarEdges } from './calendar-edges';

const at = (iso: string): number => new Date(iso).getTime();
const iso = (edges: readonly number[]): string[] => edges.map((edge) => new Date(edge).toISOString());

describe('where the days and months of a zone begin', () => {
  it('several periods to each side of the present', () => {
    expect(iso(calendarEdges('month', 'UTC', at('2026-02-14T10:00:00Z')))).toEqual([
      '2025-12-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '2026-04-01T00:00:00.000Z',
      '2026-05-01T00:00:00.000Z',
    ]);
    expect(calendarEdges('day', 'UTC', at('2026-02-14T10:00:00Z'))).toHaveLength(8);
  });

  it.each([
    ['America/New_York', '2026-03-08T12:00:00Z', ['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']],
    ['Asia/Kathmandu', '2026-06-01T12:00:00Z', ['2026-05-31T18:15:00.000Z', '2026-06-01T18:15:00.000Z']],
    // Clocks go from midnight to one there: the day begins at one.
    ['Africa/Cairo', '2026-04-24T12:00:00Z', ['2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z']],
    // And from midnight back to eleven there: the day begins when midnight comes for good.
    ['America/Asuncion', '2024-03-24T12:00:00Z', ['2024-03-24T04:00:00.000Z', '2024-03-25T04:00:00.000Z']],
  ])('a day of %s around %s, clock changes included', (zone, when, [begins, ends]) => {
    const edges = iso(calendarEdges('day', zone, at(when)));
    const present = edges.findLastIndex((edge) => at(edge) <= at(when));
    expect(edges.slice(present, present + 2)).toEqual([begins, ends]);
  });

  it('every instant of two years lies in the day its own calendar says', () => {
    const zone = 'America/Santiago';
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    for (let when = at('2025-01-01T00:30:00Z'); when < at('2027-01-01T00:00:00Z'); when += 7 * 3_600_000) {
      const edges = calendarEdges('day', zone, when);
      const begins = edges.findLast((edge) => edge <= when) ?? 0;
      const ends = edges.find((edge) => edge > when) ?? 0;
      expect(date.format(begins)).toBe(date.format(when));
      expect(date.format(begins - 1)).not.toBe(date.format(when));
      expect(date.format(ends)).not.toBe(date.format(when));
      expect(date.format(ends - 1)).toBe(date.format(when));
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(() => calendarEdges('day', 'Mars/Olympus', 0)).toThrow(RangeError);
  });
});
