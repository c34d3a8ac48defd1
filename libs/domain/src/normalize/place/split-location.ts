import { cleanText } from '../text/clean-text';
import { foldText } from '../text/fold-text';
import { countryOfBigCity } from './big-cities';
import { isStreet, locationParts } from './location-parts';
import { normalizeCountry } from './normalize-country';
import { NOWHERE, PLACE_LENGTH_MAX, type Place } from './place';
import { CITY_REGIONS } from './region-names';
import { homeNation } from './home-nation';
import { resolveRegion, type Region } from './resolve-region';
import { splitCity } from './split-city';

/**
 * Splits free text such as `San Francisco - California - USA`, `Berlin, Germany`, `Austin, TX 78701` or a whole address.
 * Of several places the first counts. Two letters that are both a country and a US state (`CA`, `IN`) are the state, unless
 * the city is known to be in that country or a country follows.
 */
export function splitLocation(text: string): Place {
  const parts = locationParts(cleanText(text.slice(0, PLACE_LENGTH_MAX)));
  if (parts.length === 0) return NOWHERE;
  const place: Place = { ...NOWHERE };
  takeCountry(place, parts);
  takeRegion(place, parts);
  takeCity(place, parts);
  return place;
}

/** Each `take…` removes from the end of `parts` what it has understood. */
function takeCountry(place: Place, parts: string[]): void {
  const last = parts.at(-1) ?? '';
  const before = foldText(parts.at(-2) ?? '');
  const code = normalizeCountry(last);
  if (code === null) {
    takeCountryBehindCity(place, parts);
    return;
  }
  if (meansState(last, before, code)) return;
  place.country = code;
  place.region = homeNation(last);
  parts.pop();
  takeCountryAgain(place, parts);
}

/** `Atlanta, Georgia` and `Gary, IN`: the US state, unless the city is known to be in the country of that name or code. */
function meansState(last: string, before: string, code: string): boolean {
  const isLetters = /^[A-Za-z]{2}$/.test(last);
  if (isLetters && last !== last.toUpperCase()) return true;
  const isBoth = isGeorgia(last) || (isLetters && resolveRegion(last, 'US') !== null);
  return isBoth && before !== '' && countryOfBigCity(before) !== code;
}

function isGeorgia(text: string): boolean {
  return foldText(text) === 'georgia';
}

/** Called like their capital, or by it: the name in front of the country's is the city. */
const CITY_STATES = new Set(['SG', 'HK', 'MO', 'LU', 'MC', 'GI', 'DJ', 'PA', 'KW', 'GT', 'MX', 'AE']);

/** Written in front of `China` as a city is, and countries of their own to ISO 3166. */
const BESIDE_CHINA = new Set(['HK', 'MO', 'TW']);

/** `London, England, United Kingdom` names the country twice, `Hong Kong, China` two. */
function takeCountryAgain(place: Place, parts: string[]): void {
  const last = parts.at(-1) ?? '';
  const nearer = place.country === 'CN' ? normalizeCountry(last) : null;
  if (nearer !== null && BESIDE_CHINA.has(nearer)) place.country = nearer;
  if (place.country === null || CITY_STATES.has(place.country) || normalizeCountry(last) !== place.country)
    return;
  place.region ??= homeNation(last);
  parts.pop();
}

const NAME_AND_COUNTRY =
  /^(\S.+?)\s+(\S+|United States|United Kingdom|New Zealand|South Africa|Hong Kong|Saudi Arabia)$/i;

/** `Berlin Germany`, without anything between. */
function takeCountryBehindCity(place: Place, parts: string[]): void {
  const last = parts.at(-1) ?? '';
  const [, front = '', behind = ''] = NAME_AND_COUNTRY.exec(last) ?? [];
  const code = behind.length > 2 ? normalizeCountry(behind) : null;
  if (code === null || isGeorgia(behind) || resolveRegion(last, null) !== null) return;
  place.country = code;
  parts[parts.length - 1] = front.replace(/[\s,-]+$/, '');
}

function takeRegion(place: Place, parts: string[]): void {
  const last = parts.at(-1);
  if (last === undefined) return;
  const region = resolveRegion(last, place.country);
  if (region === null) takeUnknownRegion(place, parts, last);
  else if (parts.length > 1) takeKnownRegion(place, parts, inAustralia(place, parts, last) ?? region);
  else takeLoneRegion(place, parts, region, CITY_REGIONS.has(foldText(last)));
}

/** `Perth, WA` and `Darwin, NT` are not in Washington and the Northwest Territories. */
function inAustralia(place: Place, parts: readonly string[], last: string): Region | null {
  const isLetters = place.country === null && /^[A-Z]{2}$/.test(last);
  return isLetters && countryOfBigCity(foldText(parts.at(-2) ?? '')) === 'AU'
    ? resolveRegion(last, 'AU')
    : null;
}

function takeKnownRegion(place: Place, parts: string[], region: Region): void {
  place.region ??= region.code;
  place.country ??= region.country;
  parts.pop();
}

/** Countries of which a lone region is named (`California, USA`) as often as a lone city. */
const REGION_ALONE = new Set('US CA AU DE GB IN CH AT IT ES FR BR MX BE NL CN'.split(' '));

/** `Berlin, Germany` names a city and its region at once, `Bavaria, Germany` a region; `Lisbon` in most countries a city. */
function takeLoneRegion(place: Place, parts: string[], region: Region, isCityToo: boolean): void {
  const isCity = isCityToo || !REGION_ALONE.has(region.country);
  if (isCity && place.country === null) return;
  place.region ??= region.code;
  place.country ??= region.country;
  if (!isCity) parts.pop();
}

/** `Boston MA` as one part; else, between city and country, a region that no list has. */
function takeUnknownRegion(place: Place, parts: string[], last: string): void {
  const { city, region, country } = parts.length <= 2 ? splitCity(last, place.country) : NOWHERE;
  if (region !== null) {
    place.region = region;
    place.country ??= country;
    parts[parts.length - 1] = city ?? last;
    return;
  }
  const before = parts.at(-2);
  if (before === undefined || isStreet(before) || place.country === null || place.region !== null) return;
  place.region = last;
  parts.pop();
}

const CITY_LENGTH_MAX = 60;

function takeCity(place: Place, parts: readonly string[]): void {
  const last = parts.at(-1);
  if (last === undefined || isStreet(last) || last.length > CITY_LENGTH_MAX) return;
  const { city, region, country } = splitCity(last, place.country);
  place.city = city;
  place.region ??= region;
  place.country ??= country;
}
