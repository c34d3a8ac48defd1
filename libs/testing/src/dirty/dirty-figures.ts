import type { SeededRandom } from './seeded-random';

/** How many people work somewhere; `max: null` is "or more". */
export interface DirtySize {
  min: number;
  max: number | null;
}

const BUCKETS: readonly DirtySize[] = [
  { min: 1, max: 10 },
  { min: 11, max: 50 },
  { min: 51, max: 200 },
  { min: 201, max: 500 },
  { min: 501, max: 1_000 },
  { min: 1_001, max: 5_000 },
  { min: 10_001, max: null },
];

/** One of the usual ranges, or an exact number. */
export function dirtySize(random: SeededRandom): DirtySize {
  if (random.chance(0.5)) return random.pick(BUCKETS);
  const exact = random.chance(0.3) ? (1 + random.below(40)) * 500 : 1 + random.below(4_000);
  return { min: exact, max: exact };
}

export function spelledSize({ min, max }: DirtySize, random: SeededRandom): string {
  if (max === null)
    return random.pick([`${min}+`, `${grouped(min)}+`, `${min} or more`, `${grouped(min)}+ employees`]);
  if (min !== max) {
    const [from, to] = random.chance(0.3) ? [grouped(min), grouped(max)] : [String(min), String(max)];
    return random.pick([
      `${from}-${to}`,
      `${from} - ${to}`,
      `${from}–${to}`,
      `${from} to ${to}`,
      `${from}-${to} employees`,
      `${from.replace(',', '.')} – ${to.replace(',', '.')} Mitarbeiter`,
      takenForDate(min, max) ?? `${from}-${to}`,
    ]);
  }
  const spellings = [String(min), grouped(min), `~${min}`, `approx. ${min}`, `${min} employees`, `${min}.0`];
  if (min >= 1_000 && min % 500 === 0) spellings.push(`${min / 1_000}k`, `${min / 1_000}K`);
  return random.pick(spellings);
}

/** What a spreadsheet makes of `1-10` and `11-50`. */
function takenForDate(min: number, max: number): string | undefined {
  if (min === 1 && max === 10) return '10-Jan';
  return min === 11 && max === 50 ? 'Nov-50' : undefined;
}

const MONTHS = ['Jan', 'March', 'May', 'June', 'Sept', 'December'];

export function spelledYear(year: number, random: SeededRandom): string {
  const month = 1 + random.below(12);
  return random.pick([
    String(year),
    String(year),
    `${year}.0`,
    `Founded ${year}`,
    `est. ${year}`,
    `c. ${year}`,
    `${year}-${String(month).padStart(2, '0')}-17`,
    `${month}/${year}`,
    `${random.pick(MONTHS)} ${year}`,
    ` ${year} `,
  ]);
}

const NOTHING = ['', '', '', '', 'n/a', 'N/A', '-', 'unknown', 'null', 'none'];

/** How people write that they do not know. */
export function spelledNothing(random: SeededRandom): string {
  return random.pick(NOTHING);
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
