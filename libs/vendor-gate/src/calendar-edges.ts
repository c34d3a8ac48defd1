const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Periods to each side of the present, so that a clock wrong by a day and an hour still gives the one that is. */
const DAYS_AROUND = 3;
const MONTHS_AROUND = 2;

/**
 * The instants (ms since 1970) at which days or months begin in a time zone, some periods to each side of `at`, ascending.
 * Where a clock change leaves out midnight, the day begins with the first instant after it. Throws `RangeError` for a zone
 * that does not exist.
 */
export function calendarEdges(unit: 'day' | 'month', zone: string, at: number): readonly number[] {
  const hour = Math.floor(at / HOUR_MS);
  const known = cache.get(`${unit}/${zone}`);
  if (known?.hour === hour) return known.edges;
  const { year, month, day } = dateIn(zone, at);
  const around = unit === 'day' ? DAYS_AROUND : MONTHS_AROUND;
  const edges = new Set<number>();
  for (let i = -around; i <= around + 1; i += 1) {
    edges.add(unit === 'day' ? startOf(zone, year, month, day + i) : startOf(zone, year, month + i, 1));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  cache.set(`${unit}/${zone}`, { hour, edges: sorted });
  return sorted;
}

const cache = new Map<string, { hour: number; edges: readonly number[] }>();
const formats = new Map<string, Intl.DateTimeFormat>();

interface LocalDate {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** Ms by which the zone's clocks are ahead of UTC. */
  offset: number;
}

/** What the zone's calendars and clocks say at an instant. */
function dateIn(zone: string, at: number): LocalDate {
  const format = formats.get(zone) ?? newFormat(zone);
  formats.set(zone, format);
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return { year, month, day, offset: local - Math.floor(at / 1_000) * 1_000 };
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const number = 'numeric' as const;
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  });
}

/** The first instant of a date in the zone; days and months beyond their range count on, as in `Date.UTC`. */
function startOf(zone: string, year: number, month: number, day: number): number {
  const midnight = Date.UTC(year, month - 1, day);
  const wanted = new Date(midnight);
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((near) => dateIn(zone, near).offset);
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  const first = candidates.find((candidate) => {
    const local = dateIn(zone, candidate);
    return local.day === wanted.getUTCDate() && local.month === wanted.getUTCMonth() + 1;
  });
  // A date the zone left out (a change of the date line) begins where the next one does.
  return first ?? Math.max(...candidates);
}
