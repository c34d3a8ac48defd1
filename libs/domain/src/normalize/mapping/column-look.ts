import { readWebAddress } from '../domain/read-web-address';
import { readIndustries } from '../industry/read-industries';
import { countryOfPlate } from '../place/country-plates';
import { normalizeCountry } from '../place/normalize-country';
import { resolveRegion } from '../place/resolve-region';
import { splitLocation } from '../place/split-location';
import { readEmployees } from '../size/read-employees';
import { readFounded } from '../size/read-founded';
import { isMissing } from '../text/is-missing';

/** What the values of one column look like. Counts are of values that say something. */
export interface ColumnLook {
  /** Values that say something. */
  filled: number;
  distinct: number;
  /** Web addresses (not e-mail) of a company's own domain. */
  ownSites: number;
  /** Of those, on the domain that most of them are on. */
  sameSite: number;
  /** Pages on platforms. */
  pages: number;
  /** Addresses of any kind: own sites, pages on platforms, pages of persons. */
  links: number;
  images: number;
  mails: number;
  /** E-mail addresses whose domain may be the company's own. */
  companyMails: number;
  /** Of those, at the domain that most of them are at. */
  sameMailDomain: number;
  countries: number;
  /** Letters of cars' country plates, which lists in German have instead: `D`, `A`. */
  plates: number;
  /** Of those, two letters that are a US state, too. */
  stateLike: number;
  regions: number;
  locations: number;
  industries: number;
  employees: number;
  /** Of those, ranges and open ends, which nothing else looks like. */
  ranges: number;
  years: number;
  /** Spreadsheet serial numbers of days since 1954. */
  serialDates: number;
  numbers: number;
  /** Values with a space and more than 40 characters. */
  sentences: number;
  /** Values of letters, short enough for a name. */
  shortTexts: number;
}

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|ico|bmp)(?:[?#].*)?$|gravatar\.com|\/logos?\//i;
const LINK = /^\s*(?:https?:|www\.|\/\/|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/:?#]|\s*$))/i;
const VALUE_LENGTH_MAX = 600;

/** Looks at the values of one column, given in row order. */
export function lookAt(values: readonly string[]): ColumnLook {
  const said = values.filter((value) => !isMissing(value)).map((value) => value.slice(0, VALUE_LENGTH_MAX));
  const count = (test: (value: string) => boolean): number => said.filter((value) => test(value)).length;
  const links = said.filter((value) => LINK.test(value) && !IMAGE.test(value));
  const sites = links.map((value) => readWebAddress(value)).filter(({ domain }) => domain !== null);
  const mails = said.filter((value) => /^\S+@\S+\.\S+$/.test(value.trim()));
  const mailDomains = mails.flatMap((value) => readWebAddress(value).domain ?? []);
  const employees = said.map((value) => readEmployees(value)).filter((range) => range !== null);
  return {
    filled: said.length,
    distinct: new Set(said).size,
    ownSites: sites.length,
    sameSite: mostFrequent(sites.map(({ domain }) => domain ?? '')),
    pages: links.filter((value) => readWebAddress(value).social !== null).length,
    links: links.length,
    images: count((value) => IMAGE.test(value)),
    mails: mails.length,
    companyMails: mailDomains.length,
    sameMailDomain: mostFrequent(mailDomains),
    countries: count((value) => normalizeCountry(value) !== null),
    plates: count((value) => countryOfPlate(value) !== null),
    stateLike: count((value) => /^[A-Z]{2}$/.test(value.trim()) && resolveRegion(value, 'US') !== null),
    regions: count((value) => resolveRegion(value, null) !== null),
    locations: count(isLocation),
    industries: count((value) => readIndustries(value).length > 0),
    employees: employees.length,
    ranges: employees.filter(({ min, max }) => max === null || max > min).length,
    years: count((value) => readFounded(value) !== null),
    serialDates: count((value) => /^\d{5}(?:\.0+)?$/.test(value.trim()) && Number(value) > 20_000),
    numbers: count((value) => /^[\s$€£]*-?\d[\d.,\s]*%?$/.test(value)),
    sentences: count((value) => value.length > 40 && value.trim().includes(' ')),
    shortTexts: count(
      (value) => value.length <= 80 && /\p{L}/u.test(value) && !LINK.test(value) && !value.includes('@'),
    ),
  };
}

function isLocation(value: string): boolean {
  if (value.length > 200 || !/[,;|()]|\s[-–]\s/.test(value)) return false;
  const { city, region, country } = splitLocation(value);
  return country !== null && (city !== null || region !== null);
}

function mostFrequent(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
