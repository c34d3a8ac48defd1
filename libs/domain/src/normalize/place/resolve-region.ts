import { iso31662 } from 'iso-3166';
import { foldText } from '../text/fold-text';
import { isCountryCode } from './country-index';
import { EXTRA_REGION_NAMES } from './region-names';

/** A subdivision of a country. */
export interface Region {
  /** ISO 3166-2, e.g. `US-CA`. */
  code: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

interface RegionIndex {
  codes: ReadonlySet<string>;
  /** `US|california` → `US-CA`. */
  byName: ReadonlyMap<string, string>;
  /** Name → the only country in the world that has a region of this name. */
  countryOfName: ReadonlyMap<string, string | null>;
}

/** Asked first where no country is known: their regions stand alone in files, without their country. */
const ASKED_FIRST = ['US', 'CA'];
/** Their regions' letters stand alone in files, too; digits never do. */
const LETTERS_STAND_ALONE = ['US', 'CA', 'AU'];

/**
 * The region that a text names, by ISO 3166-2 code (`US-CA`), code within the country (`CA`, `NSW`) or name in the local
 * language or English. With `country` null only what can be nowhere else: US states and Canadian provinces go first, other
 * names count where just one country has them. Null if the text names none.
 */
export function resolveRegion(text: string, country: string | null): Region | null {
  if (text.length > 80) return null;
  const trimmed = text.trim();
  const full = byFullCode(trimmed.toUpperCase());
  if (full !== null) return country === null || full.country === country ? full : null;
  return country === null ? anywhere(trimmed) : inCountry(trimmed, country);
}

function byFullCode(upper: string): Region | null {
  const isCode = /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(upper) && regionIndex().codes.has(upper);
  return isCode ? { code: upper, country: upper.slice(0, 2) } : null;
}

function inCountry(text: string, country: string): Region | null {
  const code = byName(text, country) ?? byLetters(text.toUpperCase(), country);
  return code === null ? null : { code, country };
}

/** Parts of the world that companies sell to. Some are a district's name, too (Apac in Uganda). */
const SALES_REGION =
  /^(?:emea|apac|apj|amer|americas|na|nam|noram|namer|latam|anz|mena|mea|dach|cee|sea|asean|nordics?|benelux|uki|row|global|international)$/;

/** True for `EMEA`, `APAC` and the like, which are in no country. */
export function isSalesRegion(text: string): boolean {
  return SALES_REGION.test(foldText(text));
}

function anywhere(text: string): Region | null {
  const key = regionKey(text);
  if (isSalesRegion(text)) return null;
  // In small letters, two of them are a word: "in", "or", "me".
  const withLetters = text === text.toUpperCase() ? LETTERS_STAND_ALONE : [];
  const owner =
    ASKED_FIRST.find((country) => byName(text, country) !== null) ??
    withLetters.find((country) => byLetters(text, country) !== null) ??
    regionIndex().countryOfName.get(key);
  return owner === undefined || owner === null ? null : inCountry(text, owner);
}

function byName(text: string, country: string): string | null {
  return regionIndex().byName.get(`${country}|${regionKey(text)}`) ?? null;
}

function byLetters(upper: string, country: string): string | null {
  const letters = upper.replaceAll('.', '');
  const code = `${country}-${letters}`;
  return /^[A-Z]{2,3}$/.test(letters) && regionIndex().codes.has(code) ? code : null;
}

/** Words for "state" and "province" in front of a name or behind it. */
const KIND =
  /^(?:state of|province of|county of|region of|canton of|estado de|provincia de|kanton|land|region|région)\s|\s(?:state|province|county|region|prefecture|canton|district|oblast|sheng|shi|lan|voivodeship)$/g;

function regionKey(text: string): string {
  const folded = foldText(text.replaceAll('&', ' and '));
  const bare = folded.replace(KIND, '').trim();
  return bare === '' ? folded : bare;
}

let index: RegionIndex | null = null;

function regionIndex(): RegionIndex {
  index ??= buildIndex();
  return index;
}

/** Countries' own names are no regions, whatever the standard lists (`Taiwan` of China, `Luxembourg` of Belgium). */
const NOT_A_COUNTRYS_REGION = new Set([
  'CN-TW',
  'CN-HK',
  'CN-MO',
  'US-PR',
  'US-GU',
  'US-VI',
  'US-AS',
  'US-MP',
  'US-UM',
]);

function buildIndex(): RegionIndex {
  const codes = new Set<string>();
  const byName = new Map<string, string>();
  const countries = new Map<string, string | null>();
  const add = (code: string, name: string): void => {
    const country = code.slice(0, 2);
    const key = regionKey(name);
    if (key.length < 2) return;
    if (!byName.has(`${country}|${key}`)) byName.set(`${country}|${key}`, code);
    countries.set(key, countries.has(key) && countries.get(key) !== country ? null : country);
  };
  const all = new Set(iso31662.map(({ code }) => code));
  for (const [code, names] of Object.entries(EXTRA_REGION_NAMES)) {
    if (all.has(code)) for (const name of names.split('|')) add(code, name);
  }
  for (const { code, name, parent } of iso31662) {
    if (isCountryCode(parent) && !NOT_A_COUNTRYS_REGION.has(code)) {
      codes.add(code);
      for (const spelling of spellings(name)) add(code, spelling);
    }
  }
  for (const { code, name, parent } of iso31662) {
    if (!isCountryCode(parent)) {
      codes.add(code);
      for (const spelling of spellings(name)) add(code, spelling);
    }
  }
  return { codes, byName, countryOfName: countries };
}

/** `Bristol, City of`, `Puducherry (Pondicherry)`, `Catalunya [Cataluña]`: the name whole, and its parts. */
function spellings(name: string): string[] {
  const [first = name] = name.split(/[([,]/);
  return [name, first, first.replace(/\s(?:City|-gwangyeoksi|-teukbyeolsi)$/, '')];
}
