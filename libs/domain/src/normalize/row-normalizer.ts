import type { ColumnMapping, CompanyField, EmployeeRange } from '#libs/contracts';
import type { RowResult } from './company-facts';
import { isPlatform, namesPlatform } from './domain/platform-owner';
import { readWebAddress, type WebAddress } from './domain/read-web-address';
import { cleanName } from './name/clean-name';
import { pickPrimary, readIndustries } from './industry/read-industries';
import { createPlaceReader } from './place/read-place';
import { joinEmployees, readEmployees } from './size/read-employees';
import { readFounded } from './size/read-founded';
import { cleanText } from './text/clean-text';
import { boundedMemo } from './text/bounded-memo';
import { isMissing } from './text/is-missing';

const DESCRIPTION_MAX = 4_000;
const NO_ADDRESS: WebAddress = { domain: null, social: null };

/**
 * Compiles a mapping into a function from a row's cells (in column order, missing ones count as empty) to the company's facts,
 * or to the reason why none can be made of it. A row needs a name, a domain or a social page; everything else may be missing
 * or nonsense and is then null. Never throws. The function remembers recurring values and nothing else: the answer depends on
 * the row alone.
 */
export function createRowNormalizer(
  mapping: readonly ColumnMapping[],
): (cells: readonly string[]) => RowResult {
  const at = columnsByField(mapping);
  const first = (field: CompanyField): number => at(field)[0] ?? -1;
  const columns = {
    social: first('social'),
    founded: first('founded'),
    description: first('description'),
    least: first('employees_min'),
    most: first('employees_max'),
  };
  const names = at('name');
  const domains = at('domain');
  const industries = at('industry');
  const sizes = at('employees');
  const readPlace = createPlaceReader({
    country: first('country'),
    region: first('region'),
    city: first('city'),
    location: first('location'),
  });
  const industryOf = boundedMemo(readIndustries);
  const employeesOf = boundedMemo((text) => ({ range: readEmployees(text) }));
  const foundedOf = boundedMemo((text) => ({
    year: readFounded(text, isDateColumn(mapping[columns.founded])),
  }));
  const employeesIn = (cells: readonly string[]): EmployeeRange | null => {
    if (sizes.length > 0) return mostTelling(sizes.map((column) => employeesOf(cells[column] ?? '').range));
    if (columns.least < 0 && columns.most < 0) return null;
    return joinEmployees(cells[columns.least] ?? '', cells[columns.most] ?? '');
  };
  return (cells) => {
    const name = firstName(cells, names);
    const address = withoutForeignSite(readAddress(cells, domains, columns.social), name);
    if (name === null && address.domain === null && address.social === null) {
      return { kind: 'reject', reason: rejectReason(cells, [...names, ...domains, columns.social]) };
    }
    const place = readPlace(cells, address.domain);
    const primary = pickPrimary(industries.flatMap((column) => industryOf(cells[column] ?? '')));
    const employees = employeesIn(cells);
    const founded = foundedOf(cells[columns.founded] ?? '').year;
    const description = readDescription(cells[columns.description] ?? '');
    return {
      kind: 'company',
      facts: { name, ...address, ...place, ...primary, employees, founded, description },
    };
  };
}

/** Of a count and a range in two columns the count, wherever it is known. */
function mostTelling(ranges: readonly (EmployeeRange | null)[]): EmployeeRange | null {
  const known = ranges.filter((range) => range !== null);
  return known.find(({ min, max }) => min === max) ?? known[0] ?? null;
}

/** Fields of which a second column only fills gaps of the first, which is known by more than its values. */
const FIRST_IS_SUREST: ReadonlySet<CompanyField> = new Set(['domain', 'name']);

/** Columns of a field, the surest first: by name and values, by name, by values. */
function columnsByField(mapping: readonly ColumnMapping[]): (field: CompanyField) => number[] {
  const order = ['name_and_values', 'name', 'values'];
  return (field) =>
    mapping
      .map((column, index) => ({ ...column, index }))
      .filter((column) => column.field === field)
      .sort(
        (a, b) =>
          (FIRST_IS_SUREST.has(field) ? order.indexOf(a.by ?? '') - order.indexOf(b.by ?? '') : 0) ||
          a.index - b.index,
      )
      .map(({ index }) => index);
}

function firstName(cells: readonly string[], names: readonly number[]): string | null {
  for (const column of names) {
    const name = cleanName(cells[column] ?? '');
    if (name !== null) return name;
  }
  return null;
}

/** Own domain of the surest column that has one, e-mail addresses last; and the page on a platform. */
function readAddress(cells: readonly string[], domains: readonly number[], social: number): WebAddress {
  let page = ownPage(cells, social);
  let byMail: string | null = null;
  let domain: string | null = null;
  for (const column of domains) {
    const cell = cells[column] ?? '';
    const isMail = isMailOnly(cell);
    if (cell === '' || (domain !== null && (page !== null || isMail))) continue;
    const found = readWebAddress(cell);
    if (isMail) byMail ??= found.domain;
    else domain ??= found.domain;
    page ??= found.social;
  }
  domain ??= byMail;
  return domain === null && page === null ? NO_ADDRESS : { domain, social: page };
}

/** `https://www.facebook.com/` is the site of Facebook; to anybody else it is a page that somebody forgot to fill in. */
function withoutForeignSite(address: WebAddress, name: string | null): WebAddress {
  if (name === null || address.domain === null || !isPlatform(address.domain)) return address;
  return namesPlatform(name, address.domain) ? address : { ...address, domain: null };
}

function ownPage(cells: readonly string[], social: number): string | null {
  return social < 0 ? null : readWebAddress(cells[social] ?? '').social;
}

function isMailOnly(cell: string): boolean {
  return cell.includes('@') && !/https?:|www\./i.test(cell);
}

function readDescription(cell: string): string | null {
  if (cell === '' || isMissing(cell)) return null;
  const text = cleanText(
    cell.includes('<') ? cell.slice(0, DESCRIPTION_MAX * 2).replace(TAG, ' ') : cell,
    DESCRIPTION_MAX,
  );
  return text === '' || isMissing(text) ? null : text;
}

/** Markup in descriptions copied from web pages. */
const TAG = /<\/?[a-z][^<>]{0,300}>/gi;

function isDateColumn(column: ColumnMapping | undefined): boolean {
  return column !== undefined && /years or dates|\bdates?\b/i.test(column.evidence);
}

/** Says what was looked for and what stood there instead. */
function rejectReason(cells: readonly string[], columns: readonly number[]): string {
  if (cells.every((cell) => cell.trim() === '')) return 'The row is empty';
  const seen = columns.map((column) => (cells[column] ?? '').trim()).filter((cell) => cell !== '');
  const reason = 'The row has no company name and no website';
  if (seen.length === 0) return reason;
  const shown = seen
    .slice(0, 2)
    .map((cell) => `"${cleanText(cell, 60)}"`)
    .join(' and ');
  return `${reason}: ${shown} ${seen.length === 1 ? 'is' : 'are'} neither`;
}
