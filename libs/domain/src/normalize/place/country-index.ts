import * as countries from 'i18n-iso-countries';
import ar from 'i18n-iso-countries/langs/ar.json';
import cs from 'i18n-iso-countries/langs/cs.json';
import da from 'i18n-iso-countries/langs/da.json';
import de from 'i18n-iso-countries/langs/de.json';
import el from 'i18n-iso-countries/langs/el.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fi from 'i18n-iso-countries/langs/fi.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import he from 'i18n-iso-countries/langs/he.json';
import hr from 'i18n-iso-countries/langs/hr.json';
import hu from 'i18n-iso-countries/langs/hu.json';
import id from 'i18n-iso-countries/langs/id.json';
import it from 'i18n-iso-countries/langs/it.json';
import ja from 'i18n-iso-countries/langs/ja.json';
import ko from 'i18n-iso-countries/langs/ko.json';
import nb from 'i18n-iso-countries/langs/nb.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import ro from 'i18n-iso-countries/langs/ro.json';
import ru from 'i18n-iso-countries/langs/ru.json';
import sv from 'i18n-iso-countries/langs/sv.json';
import tr from 'i18n-iso-countries/langs/tr.json';
import uk from 'i18n-iso-countries/langs/uk.json';
import vi from 'i18n-iso-countries/langs/vi.json';
import zh from 'i18n-iso-countries/langs/zh.json';
import { distance } from 'fastest-levenshtein';
import { foldText, stripAccents } from '../text/fold-text';
import { EXTRA_COUNTRY_NAMES } from './country-names';

const OTHER_LANGUAGES = [
  ...[ar, cs, da, de, el, es, fi, fr, he, hr, hu, id, it, ja],
  ...[ko, nb, nl, pl, pt, ro, ru, sv, tr, uk, vi, zh],
];

let index: ReadonlyMap<string, string> | null = null;

/** The country of a name in English or another language, with or without "the", or null. */
export function countryOfName(name: string): string | null {
  index ??= buildIndex();
  const key = countryKey(name);
  return index.get(key) ?? index.get(key.replace(/^the | the$/g, '')) ?? null;
}

/** Folded, with `&` as "and" and `St.` as "saint". */
function countryKey(name: string): string {
  return foldText(name.replaceAll('&', ' and ')).replace(/^st /, 'saint ');
}

/** True for an ISO 3166-1 alpha-2 code in capitals; Kosovo's `XK`, which is in wide use, counts as one. */
export function isCountryCode(text: string): boolean {
  return text === 'XK' || countries.alpha2ToAlpha3(text) !== undefined;
}

/** By alpha-3 code in capitals. */
export function countryOfAlpha3(text: string): string | null {
  return countries.alpha3ToAlpha2(text) ?? null;
}

/** By ISO 3166-1 numeric code, three digits. */
export function countryOfNumber(text: string): string | null {
  return countries.numericToAlpha2(text) ?? null;
}

/**
 * The country whose English name is one slip of the pen away, if there is only one and the name is long enough for that
 * to be no accident. Georgia is never meant: its misspellings are mostly those of the US state.
 */
export function countryOfMisspelling(name: string): string | null {
  const folded = countryKey(name);
  if (folded.length < SLIP_LENGTH_MIN || folded.length > 40) return null;
  const near = new Set(
    englishNames()
      .filter(([name]) => isSlip(folded, name))
      .map(([, code]) => code),
  );
  const [only] = near;
  return near.size === 1 && only !== undefined && only !== 'GE' ? only : null;
}

const SLIP_LENGTH_MIN = 6;

function isSlip(text: string, name: string): boolean {
  if (Math.abs(text.length - name.length) > 1) return false;
  const apart = distance(text, name);
  return apart === 1 || (apart === 2 && text.length === name.length && isSwap(text, name));
}

/** Two neighbouring letters changed places. */
function isSwap(text: string, name: string): boolean {
  let i = 0;
  while (text[i] === name[i]) i += 1;
  return text[i] === name[i + 1] && text[i + 1] === name[i] && text.slice(i + 2) === name.slice(i + 2);
}

let english: [string, string][] | null = null;

function englishNames(): readonly [string, string][] {
  english ??= namesIn(en.countries).map(([name, code]) => [countryKey(name), code]);
  return english;
}

/**
 * Our own table first, then English, then the other languages: a name that means two countries in two of these is left
 * out, since nobody can say which language a cell is in.
 */
function buildIndex(): Map<string, string> {
  const names = new Map<string, string>();
  for (const [code, list] of Object.entries(EXTRA_COUNTRY_NAMES)) {
    for (const name of list.split('|')) names.set(countryKey(name), code);
  }
  for (const [name, code] of namesIn(en.countries)) setNew(names, countryKey(name), code);
  const foreign = new Map<string, string | null>();
  for (const { countries: table } of OTHER_LANGUAGES) {
    for (const [name, code] of namesIn(table)) {
      const key = countryKey(name);
      foreign.set(key, foreign.has(key) && foreign.get(key) !== code ? null : code);
    }
  }
  for (const [key, code] of foreign) {
    // Two Latin letters would be mistaken for a code.
    if (code !== null && !/^[a-z]{0,2}$/.test(key)) setNew(names, key, code);
  }
  for (const [name, code] of namesIn(de.countries)) setNew(names, countryKey(withoutUmlauts(name)), code);
  return names;
}

/** As German is written where there is no `ä`: `Oesterreich`. */
function withoutUmlauts(name: string): string {
  return name.replace(/[äöü]/gi, (letter) => `${stripAccents(letter)}e`);
}

function setNew(names: Map<string, string>, key: string, code: string): void {
  if (key !== '' && !names.has(key)) names.set(key, code);
}

function namesIn(table: Readonly<Record<string, string | readonly string[]>>): [string, string][] {
  return Object.entries(table).flatMap(([code, names]) =>
    [names].flat().map((name): [string, string] => [name, code]),
  );
}
