/** Few companies are older; an earlier year is a slip of the pen. */
export const FOUNDED_MIN = 1500;
/** Rules know no clock, so "not in the future" is the end of the century. */
export const FOUNDED_MAX = 2100;
const LENGTH_MAX = 60;

/**
 * The year a company was founded in, from `2012`, `Founded 2012`, `est. 1999`, `2012-05-01`, `05/2012`, `12/03/2011`, `Mar 4, 2011`,
 * `2012.0`. Null where no year of four digits stands, where two different ones stand, and outside 1500–2100. `isDate`: the
 * column is known to hold dates, so that a spreadsheet's serial number (`40909` is 1 January 2012) counts.
 */
export function readFounded(text: string, isDate = false): number | null {
  if (text.length > LENGTH_MAX) return null;
  const plain = text.normalize('NFKC').trim();
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(plain);
  if (serial !== null) return isDate ? yearOfSerial(Number(serial[1])) : null;
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (packed !== null)
    return Number(packed[2]) <= 12 && Number(packed[3]) <= 31 ? checked(Number(packed[1])) : null;
  const dated = DATE.exec(plain);
  if (dated !== null) return checked(Number(dated[1]));
  const clock = plain.replace(/[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?.*$/, '');
  const years = new Set(
    [...clock.matchAll(YEAR)].map(([, year]) => Number(year)).filter((year) => checked(year) !== null),
  );
  const [year] = years;
  return years.size === 1 && year !== undefined && isPlausible(clock) ? year : null;
}

/** Four digits that are not part of a longer number, a fraction (`2012.5`) or an amount (`2,012`, `2012 employees`). */
const YEAR = /(?<!\d|\d[.,])(\d{4})(?!\d|[.,](?!0+$)\d|\s?(?:%|k\b|employees|people))/g;
/** `01.05.2012`, `12/03/2011`, `05.2012`. */
const DATE = /^(?:\d{1,2}[./\s-]{1,2}){1,2}(\d{4})$/;

function checked(year: number): number | null {
  return year >= FOUNDED_MIN && year <= FOUNDED_MAX ? year : null;
}

/** Beside the year only a date or a few words: a telephone number or a sentence is no date of foundation. */
function isPlausible(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return digits <= 8 && !/[@$€£%+]/.test(text) && !/\d{5}/.test(text);
}

/** Days are counted from 30 December 1899, which makes up for a leap day 1900 never had. */
function yearOfSerial(days: number): number | null {
  return checked(new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).getUTCFullYear());
}
