import { isMissing } from '../text/is-missing';
import { normalizeCountry } from './normalize-country';
import { resolveRegion } from './resolve-region';

/**
 * The parts of a location, from the smallest to the greatest: split at commas and dashes between spaces, without postcodes.
 * Of several places in one text the first is taken.
 */
export function locationParts(text: string): string[] {
  let first = firstPlace(text);
  const listed = first.split(',');
  // `San Francisco - California - USA, New York - …`: two places, each with dashes of its own.
  if (listed.length > 1 && listed.every((piece) => piece.includes(' - '))) first = listed[0] ?? '';
  return first
    .split(/,|\s[-–—]\s|\s>\s/)
    .flatMap(withBracketApart)
    .map((part) => withoutPostcode(part.replace(/^[\s.:#-]+/, '').replace(/[\s.:-]+$/, '')))
    .filter((part) => part !== '' && !isMissing(part) && !NO_PLACE.test(part));
}

/** Of `Berlin | Paris` the first; but `Lyon | France` is one place. */
function firstPlace(text: string): string {
  const [first = '', second, third] = text.split(/[;|\n•]|\s\/\s/);
  const isOne = second !== undefined && third === undefined && !first.includes(',');
  return isOne && normalizeCountry(second) !== null && normalizeCountry(first) === null
    ? `${first}, ${second}`
    : first;
}

/** `Barcelona (Spain)` is a place and its country, `Halle (Saale)` the name of one. */
function withBracketApart(part: string): string[] {
  const [, before = '', inside = ''] = /^([^()]*\S)\s*\(([^()]+)\)\s*$/.exec(part) ?? [];
  if (before === '') return part.split(/[()]/);
  const isOfName =
    /^\p{L}[\p{L} .-]*$/u.test(inside) &&
    !/^[A-Z]{2,3}$/.test(inside) &&
    !NO_PLACE.test(inside) &&
    normalizeCountry(inside) === null &&
    resolveRegion(inside, null) === null;
  return isOfName ? [part] : [before, inside];
}

/** True for a part that is a street, a floor, a box: whatever stands in an address in front of the city. */
export function isStreet(part: string): boolean {
  return /^#|\d/.test(part) || STREET.test(part);
}

const NO_PLACE = /^(?:greater|remote|worldwide|global|headquarters|hq)$/i;
/** American, Dutch, Canadian, British ones and, at the edge of a part, any four to six digits. */
const POSTCODE =
  /\b(?:\d{5}(?:-\d{4})?|\d{4}\s?[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]{1,2}-\d{4,5})\b|(?<=\s)\d{4,6}$|^\d{4,6}(?=\s|$)/g;
const STREET =
  /(?<![\p{L}\p{N}_])(?:street|st|road|rd|avenue|ave|blvd|boulevard|suite|ste|floor|fl|drive|dr|lane|ln|way|square|plaza|building|bldg|unit|apt|room|p\.?o\.? box|c\/o|stra(?:ß|ss)e|str|platz|weg|allee|rue|via|calle|avenida|rua|ulica)\.?$|(?:stra(?:ß|ss)e|str\.)(?![\p{L}\p{N}])|^(?:rue|via|calle|avenida|rua|c\/o|suite|floor)(?![\p{L}\p{N}])/iu;

function withoutPostcode(part: string): string {
  return /\d/.test(part) ? part.replace(POSTCODE, ' ').replace(/\s+/g, ' ').trim() : part;
}
