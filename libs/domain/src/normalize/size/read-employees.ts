import type { EmployeeRange } from '#libs/contracts';

/** The largest employers of the world have some two million; what is above this is revenue, a phone number or nonsense. */
export const EMPLOYEES_MAX = 5_000_000;
const LENGTH_MAX = 80;

/**
 * How many people work there, from what exports write: `120`, `51-200`, `11 to 50 employees`, `1.001–5.000`, `10,001+`, `10k+`,
 * `> 500`, `<10`, `~120`, `c_00051_00100`, `Self-employed`, and ranges that a spreadsheet took for dates (`10-Jan` was `1-10`).
 * A range given the wrong way round is turned. Null for anything else, and for what no company has.
 */
export function readEmployees(text: string): EmployeeRange | null {
  if (text.length > LENGTH_MAX) return null;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[‐-―−~]/g, (sign) => (sign === '~' ? '~' : '-'))
    .trim();
  if (ONE_PERSON.test(plain)) return { min: 1, max: 1 };
  const range = spreadsheetDate(plain) ?? enumName(plain) ?? words(plain);
  return range === null ? null : checked(range);
}

/** Range from two columns; either may be missing. Turned if the wrong way round; null if neither says anything. */
export function joinEmployees(least: string, most: string): EmployeeRange | null {
  const min = readEmployees(least);
  const max = readEmployees(most);
  if (min === null && max === null) return null;
  if (max === null)
    return min === null ? null : checked({ min: min.min, max: min.max === min.min ? null : min.max });
  // A lone maximum is one: nobody writes a column of them for exact figures.
  if (min === null) return checked({ min: max.min === max.max ? 0 : max.min, max: max.max });
  return checked({ min: min.min, max: max.max });
}

const ONE_PERSON =
  /^(?:myself only|just me|only me|self[- ]?employed|sole proprietor|solo|solopreneur|freelancer|one[- ]person|1 \(myself\)|self_employed|selbst(?:ä|ae)ndig|just myself|size_?a|a)$/;

function checked({ min, max }: EmployeeRange): EmployeeRange | null {
  const [low, high] = max !== null && min > max ? [max, min] : [min, max];
  if (low > EMPLOYEES_MAX || (high !== null && high === 0)) return null;
  return { min: low, max: high !== null && high > EMPLOYEES_MAX ? null : high };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec mai okt dez mär'.split(' ');
const MONTH_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 10, 12, 3];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|mär)[a-z]*\\.?';
const MONTH_DAY = new RegExp(`^${MONTH}[-/. ](\\d{1,2})$`);
const DAY_MONTH = new RegExp(`^(\\d{1,2})[-/. ]+${MONTH}$`);

/** `10-Jan`, `Jan-10` were `1-10`; `Nov-50` was `11-50`: the smaller number was taken for the month or the greater for the day. */
function spreadsheetDate(text: string): EmployeeRange | null {
  const behind = MONTH_DAY.exec(text);
  const front = DAY_MONTH.exec(text);
  const month = MONTH_NUMBERS[MONTHS.indexOf(behind?.[1] ?? front?.[2] ?? '')];
  const other = Number(behind?.[2] ?? front?.[1]);
  if (month === undefined) return null;
  return { min: Math.min(month, other), max: Math.max(month, other) };
}

/** `c_00051_00100` of the French register and Crunchbase, `SIZE_51_200`, LinkedIn's letters are not read: they mean two things. */
function enumName(text: string): EmployeeRange | null {
  const open = /^(?:c|size|range|employees?|r)_0*(\d{1,7})_(?:max|plus|inf|more|and_more|or_more)$/.exec(
    text,
  );
  if (open !== null) return { min: Number(open[1]), max: null };
  const closed = /^(?:[a-z]{1,12}_)?0*(\d{1,7})_(?:to_)?0*(\d{1,7})(?:_[a-z]+)?$/.exec(text);
  return closed === null ? null : { min: Number(closed[1]), max: Number(closed[2]) };
}

const NUMBER = "(\\d{1,3}(?:[.,' ]\\d{3})+|\\d+(?:[.,]\\d{1,2})?)\\s?(k|t|tsd|m|mio)?";
const UNIT =
  /\b(?:full[- ]time|fulltime|total|current|employees?|staff|people|persons?|members?|team members?|workers?|headcount|fte'?s?|mitarbeiter(?:innen|in|:innen|\*innen)?|beschäftigte|angestellte|ma|empleados|employ[eé]s|salari[eé]s|personnes|dipendenti|addetti|funcion[aá]rios|colaboradores|medewerkers|werknemers|anst[aä]llda|medarbejdere|ansatte|pracownik(?:ów|i)?|сотрудников|чел\.?|человек|名|人|on linkedin|worldwide|globally|company size|size|micro|small|medium|mid[- ]?size|mid[- ]?market|large|enterprise|sme|startup)\b\.?|mitarbeiter\S*|連結|単体|従業員(?:数)?|社員(?:数)?|人|名|명|сотрудников|чел\.?/gu;
const RANGE = new RegExp(
  `^${NUMBER}(?:\\s*(?:-|\\.\\.\\.?|…)\\s*|\\s+(?:to|bis|à|a|al|até|do|till|til|ou|o|or|oder|tot|t\\/m|until|up to|through|and|y|e|et|und)\\s+|(?:to|bis))${NUMBER}$`,
);
const SINGLE = new RegExp(`^${NUMBER}$`);
const OPEN_BEHIND = new RegExp(
  `^${NUMBER}\\s*(?:\\+|plus|and (?:more|over|above)|or more|or above|& (?:more|over|above)|and up|und mehr|oder mehr|et plus|ou plus|o m[aá]s|y m[aá]s|e oltre|-|>|or greater|upwards?|以上|이상)$`,
);
const OPEN_FRONT = new RegExp(
  `^(?:>|≥|>=|over|more than|above|mais de|meer dan|ponad|powy(?:ż|z)ej|över|mer än|mere end|mer enn|at least|minst|minimaal|min\\.?|minimum|from|ab|mehr als|(?:ü|ue)ber|mindestens|plus de|m[aá]s de|oltre|pi(?:ù|u) di|\\+)\\s*${NUMBER}$`,
);
const BELOW = new RegExp(
  `^(?:<|≤|<=|under|less than|fewer than|below|up to|max\\.?|maximum|bis(?: zu)?|unter|weniger als|moins de|menos de|meno di|minder dan|färre än|mindre än|færre end|færre enn|mindre enn|poni(?:ż|z)ej|mniej ni(?:ż|z)|hasta|até|fino a|do|tot|upp till|op til|opp til|jusqu['’]?[aà]|at most|0 to)\\s*${NUMBER}$`,
);
/** As Chinese, Japanese and Korean have it, behind the number; the last group says whether it is reached. */
const BELOW_BEHIND = new RegExp(`^${NUMBER}\\s*(?:(以下|以内|이하)|未満|不到|미만)$`);
const ABOUT =
  /^(?:~|≈|約|およそ|about|around|approx\.?(?:imately)?|circa|ca\.?|c\.|etwa|rund|ungef(?:ä|ae)hr|environ|aprox\.?|est\.?|estimated|roughly|nearly|almost|:)\s*/;

/** `200 (2023)`, `1,204 (as of 2022)`. */
const AS_OF = /(?<=\d)\s*\((?:as of |in |stand )?(?:19|20)\d{2}\)$/;
const MILLIONS = /(?<=\d)\s?millions?\b/;

/** `between 11 and 50`, `de 11 a 50`, `B: 2-10`; only where two numbers follow. */
const RANGE_OPENER =
  /^(?:from|between|entre|zwischen|von|van|de|da|od|från|fra|[a-i][:.)])\s*(?=\d[\d.,' ]*\s?(?:-|to|bis|à|a|al|até|do|tot|till|til|and|y|e|en|et|und)\s?\d)/;

function words(text: string): EmployeeRange | null {
  const bare = text
    .replace(AS_OF, '')
    .replace(MILLIONS, 'm')
    .replace(/[()[\]"']|(?<=\d)'(?=\d)/g, (sign) => (sign === "'" ? '' : ' '))
    .replace(UNIT, ' ')
    .replace(/^[\s:=#-]+(?=.*\d)(?!\d)|[\s:;]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (bare.startsWith('-')) return null;
  const plain = bare.replace(ABOUT, '').replace(RANGE_OPENER, '');
  const range = RANGE.exec(plain);
  if (range !== null) return ofRange(range);
  const single = SINGLE.exec(plain);
  if (single !== null) return ofSingle(toNumber(single[1], single[2]));
  const open = OPEN_BEHIND.exec(plain) ?? OPEN_FRONT.exec(plain);
  if (open !== null) {
    const least = toNumber(open[1], open[2]);
    const isAbove =
      /^(?:>(?!=)|over|more than|above|mehr als|(?:ü|ue)ber|plus de|m[aá]s de|mais de|oltre|pi(?:ù|u) di|meer dan|ponad|powy(?:ż|z)ej|över|mer än|mere end|mer enn)/.test(
        plain,
      );
    return least === null ? null : { min: least + (isAbove ? 1 : 0), max: null };
  }
  const behind = BELOW_BEHIND.exec(plain);
  const limit = behind === null ? null : toNumber(behind[1], behind[2]);
  if (limit !== null) return { min: 0, max: behind?.[3] === undefined ? Math.max(0, limit - 1) : limit };
  const below = BELOW.exec(plain);
  const most = below === null ? null : toNumber(below[1], below[2]);
  if (most === null) return null;
  const isBelow =
    /^(?:<(?!=)|under|less than|fewer than|below|unter|weniger als|moins de|menos de|meno di|minder dan|färre än|mindre än|færre end|færre enn|mindre enn|poni(?:ż|z)ej|mniej ni(?:ż|z))/.test(
      plain,
    );
  return { min: 0, max: isBelow ? Math.max(0, most - 1) : most };
}

/** `1-5k` is 1,000 to 5,000: the unit stands once for both. */
function ofRange([, least, leastUnit, most, mostUnit]: readonly (
  string | undefined
)[]): EmployeeRange | null {
  const high = toNumber(most, mostUnit);
  const low = toNumber(
    least,
    leastUnit ?? (Number(least) < Number(most) && mostUnit !== undefined ? mostUnit : undefined),
  );
  return low === null || high === null ? null : { min: low, max: high };
}

function ofSingle(count: number | null): EmployeeRange | null {
  // Zero is what a database writes for "not known"; a company with nobody in it is none.
  return count === null || count === 0 ? null : { min: count, max: count };
}

/** `1,001`, `1.001`, `1 001`, `1.5` with unit, `120.0`; null for a fraction of a person. */
function toNumber(digits: string | undefined, unit: string | undefined): number | null {
  if (digits === undefined || digits.length > 12) return null;
  const grouped = /^\d{1,3}(?:[.,' ]\d{3})+$/.test(digits);
  const value = Number(grouped ? digits.replace(/[.,' ]/g, '') : digits.replace(',', '.'));
  const scaled = Math.round(value * unitFactor(unit) * 100) / 100;
  return Number.isInteger(scaled) ? scaled : null;
}

function unitFactor(unit: string | undefined): number {
  if (unit === undefined) return 1;
  return unit.startsWith('m') ? 1_000_000 : 1_000;
}
