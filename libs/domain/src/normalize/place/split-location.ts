import { cleanText } from '../text/clean-text';
import { foldText } from '../text/fold-text';
import { isMissing } from '../text/is-missing';
import { CITIES_OF_US_GEORGIA, countryOfBigCity } from './big-cities';
import { normalizeCountry } from './normalize-country';
import { CITY_REGIONS } from './region-names';
import { resolveRegion } from './resolve-region';

/** Where a company is, as far as the text says. */
export interface Place {
  city: string | null;
  /** ISO 3166-2 where known, else the name as given. */
  region: string | null;
  country: string | null;
}

const LENGTH_MAX = 400;
/** Countries of which a lone region is named (`California, USA`) as often as a lone city. */
const REGION_ALONE = new Set(['US', 'CA', 'AU', 'DE', 'GB', 'IN', 'CH', 'AT', 'IT', 'ES', 'FR', 'BR', 'MX', 'BE', 'NL', 'CN']);

/**
 * Splits free text such as `San Francisco - California - USA`, `Berlin, Germany`, `Austin, TX 78701` or a whole address.
 * Of several places the first counts. Two letters that are both a country and a US state (`CA`, `IN`) are the state, unless
 * the city is known to be in that country or a country follows.
 */
export function splitLocation(text: string): Place {
  const place: Place = { city: null, region: null, country: null };
  const parts = locationParts(cleanText(text.slice(0, LENGTH_MAX)));
  if (parts.length === 0) return place;
  takeCountry(place, parts);
  takeRegion(place, parts);
  takeCity(place, parts);
  return place;
}

function locationParts(text: string): string[] {
  let [first = ''] = text.split(/[;|\n•]|\s\/\s/);
  const listed = first.split(',');
  // `San Francisco - California - USA, New York - …`: two places, each with dashes of its own.
  if (listed.length > 1 && listed.every((piece) => / - /.test(piece))) first = listed[0] ?? '';
  return first
    .split(/,|\s[-–—]\s|[()]|\s>\s/)
    .map((part) => part.replace(/^[\s.:#-]+|[\s.:-]+$/g, ''))
    .map(withoutPostcode)
    .filter((part) => part !== '' && !isMissing(part) && !/^(?:greater|remote|worldwide|global|headquarters|hq)$/i.test(part));
}

const POSTCODE =
  /\b(?:\d{5}(?:-\d{4})?|\d{4}\s?[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|(?:[A-Z]{1,2}-)\d{4,5})\b|(?<=\s)\d{4,6}$|^\d{4,6}(?=\s|$)/g;

function withoutPostcode(part: string): string {
  return /\d/.test(part) ? part.replace(POSTCODE, ' ').replace(/\s+/g, ' ').trim() : part;
}

function takeCountry(place: Place, parts: string[]): void {
  const last = parts.at(-1) ?? '';
  const before = foldText(parts.at(-2) ?? '');
  if (isGeorgia(last)) {
    const meansState = before !== '' && countryOfBigCity(before) !== 'GE';
    if (meansState) return;
  }
  const code = normalizeCountry(last);
  if (code === null) return takeWordBehind(place, parts);
  const isShort = /^[A-Za-z]{2}$/.test(last);
  if (isShort && last !== last.toUpperCase()) return;
  if (isShort && before !== '' && resolveRegion(last, 'US') !== null && countryOfBigCity(before) !== code) return;
  place.country = code;
  parts.pop();
  const home = HOME_NATIONS.get(foldText(last));
  if (home !== undefined) place.region = home;
  // `Singapore`, `Hong Kong - Hong Kong`: a city that is a country.
  const again = parts.at(-1) ?? '';
  if (normalizeCountry(again) !== code || CITY_STATES.has(code)) return;
  place.region ??= HOME_NATIONS.get(foldText(again)) ?? null;
  parts.pop();
}

const CITY_STATES = new Set(['SG', 'HK', 'MO', 'LU', 'MC', 'GI', 'DJ', 'PA', 'KW', 'GT', 'MX']);
const HOME_NATIONS = new Map([
  ['england', 'GB-ENG'],
  ['scotland', 'GB-SCT'],
  ['wales', 'GB-WLS'],
  ['northern ireland', 'GB-NIR'],
]);

function isGeorgia(text: string): boolean {
  return foldText(text) === 'georgia';
}

/** `Berlin Germany`, `Redmond WA`, without anything between. */
function takeWordBehind(place: Place, parts: string[]): void {
  const last = parts.at(-1) ?? '';
  const match = /^(.{2,}?)\s+(\S+|United States|United Kingdom|New Zealand|South Africa|Hong Kong|Saudi Arabia)$/i.exec(last);
  if (match === null) return;
  const [, front = '', behind = ''] = match;
  const code = behind.length > 2 ? normalizeCountry(behind) : null;
  if (code === null || isGeorgia(behind) || normalizeCountry(last) !== null) return;
  if (resolveRegion(last, null) !== null) return;
  place.country = code;
  parts[parts.length - 1] = front.replace(/[\s,-]+$/, '');
}

function takeRegion(place: Place, parts: string[]): void {
  const last = parts.at(-1);
  if (last === undefined) return;
  const region = resolveRegion(last, place.country);
  const alone = parts.length === 1;
  const key = foldText(last);
  if (region === null) {
    const cityWithState = alone || parts.length === 2 ? splitCity(last, place.country) : null;
    if (cityWithState?.region != null) {
      place.region = cityWithState.region;
      place.country ??= cityWithState.country;
      parts[parts.length - 1] = cityWithState.city ?? last;
    } else if (parts.length > 1 && place.country !== null && place.region === null && !isStreet(parts.at(-2))) {
      place.region = parts.pop() ?? null;
    }
    return;
  }
  if (alone && place.country === null && (CITY_REGIONS.has(key) || !REGION_ALONE.has(region.country))) return;
  if (alone && place.country !== null && !REGION_ALONE.has(place.country)) {
    place.region ??= region.code;
    return;
  }
  if (place.region === null || parts.length > 1) place.region ??= region.code;
  place.country ??= region.country;
  if (!alone || !CITY_REGIONS.has(key)) parts.pop();
}

function isStreet(part: string | undefined): boolean {
  return part === undefined || /\d/.test(part) || STREET.test(part);
}

const STREET =
  /\b(?:street|st|road|rd|avenue|ave|blvd|boulevard|suite|ste|floor|fl|drive|dr|lane|ln|way|square|plaza|building|bldg|unit|apt|room|p\.?o\.? box|c\/o|stra(?:ß|ss)e|str|platz|weg|allee|rue|via|calle|avenida|rua|ulica)\b\.?$|(?:stra(?:ß|ss)e|str\.)\b|^(?:rue|via|calle|avenida|rua|c\/o|suite|floor)\b/i;

function takeCity(place: Place, parts: readonly string[]): void {
  const last = parts.at(-1);
  if (last === undefined || /^[#\d]/.test(last) || STREET.test(last) || last.length > 60) return;
  const { city, region, country } = splitCity(last, place.country);
  place.city = city;
  place.region ??= region;
  place.country ??= country;
}

/**
 * A city's tidy name; a US state or Canadian province behind it is taken off (`Redmond WA`, `Oyster Bay, NY`) where the
 * country is that one or unknown. Of several cities the first counts.
 */
export function splitCity(text: string, country: string | null): Place {
  const clean = cleanText(text.slice(0, LENGTH_MAX)).replace(/^[\s,.;:-]+|[\s,;:-]+$/g, '');
  if (isMissing(clean) || !/\p{L}/u.test(clean)) return { city: null, region: null, country: null };
  const [first = '', second = ''] = clean.split(/\s*[,;|/]\s*/);
  const behind = second === '' ? /^(.+?)\s+\(?([A-Z]{2,3}|[A-Z]\.[A-Z]\.)\)?$/.exec(first) : null;
  const city = tidyCase(behind?.[1] ?? first);
  const region = stateBehind(behind?.[2] ?? second, country);
  if (region === null) return { city: tidyCase(first), region: null, country: null };
  return { city, region: region.code, country: region.country };
}

/** Countries where people write a state's letters behind the city. */
const STATES_BEHIND = new Set(['US', 'CA', 'AU']);

function stateBehind(text: string, country: string | null): { code: string; country: string } | null {
  if (text === '' || (country !== null && !STATES_BEHIND.has(country))) return null;
  const isLetters = /^(?:[A-Z]\.?[A-Z]\.?|[A-Z]{3})$/.test(text);
  if (!isLetters && country === null) return null;
  return resolveRegion(text, country);
}

/** `BERLIN` and `berlin` → `Berlin`; a name in mixed case is left as it is. */
function tidyCase(city: string): string {
  const allUpper = city.length > 3 && city === city.toUpperCase();
  const allLower = city === city.toLowerCase();
  if (!allUpper && !allLower) return city;
  return city.toLowerCase().replace(/(^|[\s'’(/-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** True for a city beside which `Georgia` means the US state. */
export function isInUsGeorgia(city: string | null): boolean {
  return city !== null && CITIES_OF_US_GEORGIA.has(foldText(city));
}
