import { cleanText } from '../text/clean-text';
import { foldText } from '../text/fold-text';
import { isMissing } from '../text/is-missing';
import { CITIES_OF_US_GEORGIA } from './big-cities';
import { NOWHERE, PLACE_LENGTH_MAX, type Place } from './place';
import { resolveRegion, type Region } from './resolve-region';

/** Countries where people write a state's letters behind the city. */
const STATES_BEHIND = new Set(['US', 'CA', 'AU']);

/**
 * A city's tidy name; a state or province behind it is taken off (`Redmond WA`, `Oyster Bay, NY`) where the country is the
 * US, Canada or Australia, or unknown and the state stands in its letters. Of several cities the first counts.
 */
export function splitCity(text: string, country: string | null): Place {
  const clean = withoutSignsAround(cleanText(text.slice(0, PLACE_LENGTH_MAX)));
  const [first = '', second = ''] = clean.split(/\s*[,;|/]\s*/);
  const behind = second === '' ? CITY_AND_LETTERS.exec(first) : null;
  const region = stateBehind(behind?.[2] ?? second, country);
  if (region === null) return { ...NOWHERE, city: cityName(first) };
  return { city: cityName(behind?.[1] ?? first), region: region.code, country: region.country };
}

function cityName(text: string): string | null {
  const bare = withoutSignsAround(text);
  return isMissing(bare) || !/\p{L}/u.test(bare) ? null : tidyCase(bare);
}

function withoutSignsAround(text: string): string {
  return text.replace(/^[\s,.;:"*-]+/, '').replace(/[\s,;:"*-]+$/, '');
}

/** True for a city beside which `Georgia` means the US state. */
export function isInUsGeorgia(city: string | null): boolean {
  return city !== null && CITIES_OF_US_GEORGIA.has(foldText(city));
}

const CITY_AND_LETTERS = /^(\S.*?)\s+\(?([A-Z]{2,3}|[A-Z]\.[A-Z]\.)\)?$/;

function stateBehind(text: string, country: string | null): Region | null {
  if (text === '' || (country !== null && !STATES_BEHIND.has(country))) return null;
  const isLetters = /^(?:[A-Z]\.?[A-Z]\.?|[A-Z]{3})$/.test(text);
  return isLetters || country !== null ? resolveRegion(text, country) : null;
}

/** `BERLIN` and `berlin` → `Berlin`; a name in mixed case is left as it is, and so are letters (`LA`, `NYC`). */
function tidyCase(city: string): string {
  const allUpper = city.length > 3 && city === city.toUpperCase();
  const allLower = city === city.toLowerCase();
  if (!allUpper && !allLower) return city;
  return city
    .toLowerCase()
    .replace(/(^|[\s'’(/-])(\p{L})/gu, (_, before: string, letter: string) => before + capital(letter))
    .normalize('NFC');
}

/** Some letters have no capital of their own: they would become two. */
function capital(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}
