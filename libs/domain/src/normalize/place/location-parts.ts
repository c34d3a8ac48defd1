import { isMissing } from '../text/is-missing';

/**
 * The parts of a location, from the smallest to the greatest: split at commas and dashes between spaces, without postcodes.
 * Of several places in one text the first is taken.
 */
export function locationParts(text: string): string[] {
  let [first = ''] = text.split(/[;|\n•]|\s\/\s/);
  const listed = first.split(',');
  // `San Francisco - California - USA, New York - …`: two places, each with dashes of its own.
  if (listed.length > 1 && listed.every((piece) => piece.includes(' - '))) first = listed[0] ?? '';
  return first
    .split(/,|\s[-–—]\s|[()]|\s>\s/)
    .map((part) => withoutPostcode(part.replace(/^[\s.:#-]+/, '').replace(/[\s.:-]+$/, '')))
    .filter((part) => part !== '' && !isMissing(part) && !NO_PLACE.test(part));
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
  /\b(?:street|st|road|rd|avenue|ave|blvd|boulevard|suite|ste|floor|fl|drive|dr|lane|ln|way|square|plaza|building|bldg|unit|apt|room|p\.?o\.? box|c\/o|stra(?:ß|ss)e|str|platz|weg|allee|rue|via|calle|avenida|rua|ulica)\b\.?$|(?:stra(?:ß|ss)e|str\.)\b|^(?:rue|via|calle|avenida|rua|c\/o|suite|floor)\b/i;

function withoutPostcode(part: string): string {
  return /\d/.test(part) ? part.replace(POSTCODE, ' ').replace(/\s+/g, ' ').trim() : part;
}
