import type { Company, EmployeeRange } from '#libs/contracts';
import type { CompanyFacts } from './company-facts';
import { companyId } from './company-id';
import { INDUSTRIES } from './industry/industries';
import { pickPrimary } from './industry/read-industries';

/**
 * One company out of the rows that speak of it. Of different values the one most rows give wins, then the more telling one,
 * then the smallest text, so the order of the rows plays no part. A known fact never gives way to a missing one.
 * `discriminator`: see `companyId`. Throws a `RangeError` on an empty list.
 */
export function mergeRows(
  rows: readonly { row: number; facts: CompanyFacts }[],
  discriminator?: string,
): Company {
  const facts = rows.map((row) => row.facts);
  if (facts.length === 0) throw new RangeError('mergeRows needs a row at least');
  const [only] = facts;
  const merged = facts.length === 1 && only !== undefined ? only : mergeFacts(facts);
  return {
    company_id: companyId(merged, discriminator),
    ...ordered(merged),
    source_rows: [...new Set(rows.map(({ row }) => row))].sort((a, b) => a - b),
  };
}

function mergeFacts(facts: readonly CompanyFacts[]): CompanyFacts {
  const of = <K extends keyof CompanyFacts>(key: K) => facts.map((each) => each[key]);
  const place = mergePlace(facts);
  const industries = [...new Set(of('industries').flat())].sort();
  const industry = best(of('industry'), industryRank);
  return {
    name: best(of('name'), nameRank),
    domain: best(of('domain'), shortRank),
    social: best(of('social'), shortRank),
    ...place,
    // As in a single row, so that a merged company that is read again keeps its primary industry.
    ...pickPrimary(industry === null ? industries : [industry, ...industries]),
    employees: bestRange(of('employees')),
    founded: best(of('founded'), (year) => -year),
    description: best(of('description'), longRank),
  };
}

/** The values of one place belong together: a city of one row beside another row's country would be a new place. */
function mergePlace(facts: readonly CompanyFacts[]): Pick<CompanyFacts, 'country' | 'region' | 'city'> {
  const country = best(
    facts.map((each) => each.country),
    shortRank,
  );
  const there = facts.filter((each) => each.country === null || each.country === country);
  const region = best(
    there.map((each) => each.region),
    regionRank,
  );
  const inRegion = there.filter((each) => each.region === null || each.region === region);
  const city =
    best(
      inRegion.map((each) => each.city),
      nameRank,
    ) ??
    best(
      there.map((each) => each.city),
      nameRank,
    );
  return { country, region, city };
}

/** Members in the order of the file format. */
function ordered(facts: CompanyFacts): CompanyFacts {
  const {
    name,
    domain,
    social,
    country,
    region,
    city,
    industry,
    industries,
    employees,
    founded,
    description,
  } = facts;
  return {
    name,
    domain,
    social,
    country,
    region,
    city,
    industry,
    industries,
    employees,
    founded,
    description,
  };
}

/** The most frequent value, then the one of highest rank, then the smallest; null if all are. */
function best<T extends string | number>(
  values: readonly (T | null)[],
  rank: (value: T) => number,
): T | null {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  let winner: { value: T; count: number; rank: number } | null = null;
  for (const [value, count] of counts) {
    const candidate = { value, count, rank: rank(value) };
    if (winner === null || isBetter(candidate, winner)) winner = candidate;
  }
  return winner?.value ?? null;
}

function isBetter<T>(
  a: { value: T; count: number; rank: number },
  b: { value: T; count: number; rank: number },
): boolean {
  if (a.count !== b.count) return a.count > b.count;
  return a.rank === b.rank ? a.value < b.value : a.rank > b.rank;
}

/** A name in mixed case was typed by somebody who knew it; `ACME INC`, `ACME, Inc` and `acme` were not. */
function nameRank(name: string): number {
  const mumbled = name === name.toLowerCase();
  return (SHOUTED.test(name) || mumbled ? 0 : 1_000) + Math.min(name.length, 500);
}

/** A word of four capitals or more; shorter ones are mostly abbreviations (`IBM`, `SAP SE`). */
const SHOUTED = /\p{Lu}{4}/u;

function shortRank(text: string): number {
  return -text.length;
}

function longRank(text: string): number {
  return text.length;
}

function regionRank(region: string): number {
  return /^[A-Z]{2}-/.test(region) ? 1 : 0;
}

const PARTS = new Set(INDUSTRIES.filter(({ parent }) => parent !== undefined).map(({ id }) => id));

function industryRank(id: string): number {
  return PARTS.has(id) ? 1 : 0;
}

function bestRange(ranges: readonly (EmployeeRange | null)[]): EmployeeRange | null {
  const byText = new Map(ranges.filter((range) => range !== null).map((range) => [rangeText(range), range]));
  const winner = best(
    ranges.map((range) => range && rangeText(range)),
    (text) => -width(byText.get(text)),
  );
  return winner === null ? null : (byText.get(winner) ?? null);
}

function rangeText({ min, max }: EmployeeRange): string {
  return `${min}-${max ?? ''}`;
}

/** How little a range says. */
function width(range: EmployeeRange | undefined): number {
  return range === undefined || range.max === null ? Number.MAX_SAFE_INTEGER : range.max - range.min;
}
