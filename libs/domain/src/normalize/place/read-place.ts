import { cleanText } from '../text/clean-text';
import { boundedMemo } from '../text/bounded-memo';
import { isMissing } from '../text/is-missing';
import { foldText } from '../text/fold-text';
import { countryOfMisspelling } from './country-index';
import { homeNation } from './home-nation';
import { countryOfPlate } from './country-plates';
import { normalizeCountry } from './normalize-country';
import { isSalesRegion, resolveRegion } from './resolve-region';
import { NOWHERE, PLACE_LENGTH_MAX, type Place } from './place';
import { isInUsGeorgia, splitCity } from './split-city';
import { splitLocation } from './split-location';

/** Which column holds which part; -1 where none does. */
export interface PlaceColumns {
  country: number;
  region: number;
  city: number;
  location: number;
}

/** Between the cells of one key; no cell holds it. */
const BETWEEN = '\u0000';

/**
 * A function from a row to where the company is. Separate columns win, free text fills their gaps. A US state or another
 * region that only one country has gives the country where its cell is empty. `Georgia` and `NA` in the country column are
 * read in the light of the rest of the row.
 */
export function createPlaceReader(
  columns: PlaceColumns,
): (cells: readonly string[], domain: string | null) => Place {
  const compute = boundedMemo((key): Place => {
    const [country = '', region = '', city = '', location = '', tld = ''] = key.split(BETWEEN);
    return placeOf({ country, region, city, location, tld });
  });
  return (cells, domain) => {
    const country = cells[columns.country] ?? '';
    const region = cells[columns.region] ?? '';
    const city = cells[columns.city] ?? '';
    const location = cells[columns.location] ?? '';
    if (country === '' && region === '' && city === '' && location === '') return NOWHERE;
    const tld = domain?.endsWith('.na') === true ? 'na' : '';
    return compute(
      [country, region, city, location, tld].map((cell) => cell.slice(0, PLACE_LENGTH_MAX)).join(BETWEEN),
    );
  };
}

interface PlaceCells {
  country: string;
  region: string;
  city: string;
  location: string;
  /** `na` where the company's domain ends so. */
  tld: string;
}

function placeOf(cells: PlaceCells): Place {
  const stated = statedPlace(cells);
  const free = cells.location === '' ? NOWHERE : splitLocation(cells.location);
  const country = stated.country ?? free.country;
  // Another country's city or state would make a place that does not exist.
  const filler = free.country === null || free.country === country ? free : NOWHERE;
  return { city: stated.city ?? filler.city, region: stated.region ?? filler.region, country };
}

/** What the columns for country, region and city say together. */
function statedPlace(cells: PlaceCells): Place {
  const stated = statedCountry(cells);
  const inCity = placeInCity(cells.city, stated.country);
  const country = stated.country ?? inCity.country;
  const region = regionOf(cells.region, country) ?? stated.region ?? inCity.region;
  return { city: inCity.city ?? stated.city, region, country: country ?? countryOfRegion(cells.region) };
}

/** A city column may hold the whole place: `bombay, maharashtra, india`. */
function placeInCity(cell: string, country: string | null): Place {
  const split = cell.includes(',') ? splitLocation(cell) : NOWHERE;
  const isWhole =
    split.city !== null && split.country !== null && (country === null || country === split.country);
  return isWhole
    ? { ...split, city: splitCity(split.city ?? '', split.country).city }
    : splitCity(cell, country);
}

/** The country column: a country, or more than that (`Austin, TX`), or nothing. */
function statedCountry(cells: PlaceCells): Place {
  const text = cleanText(cells.country);
  // `NO` is Norway here, and `NA` perhaps Namibia, though elsewhere they say "nothing".
  if (text === '' || (isMissing(text) && !/^n[ao]$/i.test(text))) return NOWHERE;
  if (/^na$/i.test(text)) return isNamibia(cells) ? { ...NOWHERE, country: 'NA' } : NOWHERE;
  const code = normalizeCountry(text) ?? countryOfPlate(text);
  if (code === 'GE' && meansUsGeorgia(cells)) return { ...NOWHERE, country: 'US', region: 'US-GA' };
  if (code !== null) return { city: null, region: homeNation(text), country: code };
  const slip = countryOfMisspelling(text);
  if (slip !== null) return { ...NOWHERE, country: slip };
  const split = splitLocation(text);
  if (split.country !== null) return split;
  const region = resolveRegion(text, null);
  return region === null || text.length < 4
    ? NOWHERE
    : { ...NOWHERE, country: region.country, region: region.code };
}

/** In most files `NA` stands for "not available". */
function isNamibia({ region, city, location, tld }: PlaceCells): boolean {
  return (
    tld === 'na' ||
    resolveRegion(region, 'NA') !== null ||
    /^(?:windhoek|swakopmund|walvis bay)$/.test(foldText(city)) ||
    /namibia/i.test(location)
  );
}

function meansUsGeorgia({ country, region, city }: PlaceCells): boolean {
  if (country.trim().length <= 3) return false;
  return isInUsGeorgia(cleanText(city)) || /^(?:GA|Georgia|US-GA)$/i.test(region.trim());
}

/** ISO 3166-2 code, else the text as given; of several (`California, New York`) the first. */
function regionOf(cell: string, country: string | null): string | null {
  const text = cleanText(cell, 100).replace(/^[\s,;]+|[\s,;]+$/g, '');
  if (text === '' || isMissing(text) || !/\p{L}/u.test(text) || isSalesRegion(text)) return null;
  const whole = resolveRegion(text, country);
  if (whole !== null) return whole.code;
  const [first = '', ...others] = text.split(/\s*[,;|/]\s*/);
  const parts = others.length === 0 ? [] : [first, ...others].map((part) => resolveRegion(part, country));
  return parts.find((part) => part !== null)?.code ?? (isCountryAgain(text, country) ? null : text);
}

/** `Germany` in the region column says nothing new. */
function isCountryAgain(text: string, country: string | null): boolean {
  const code = text.length > 3 ? normalizeCountry(text) : null;
  return code !== null && (country === null || code === country);
}

/** The country that a region column alone gives away, or that somebody wrote into it. */
function countryOfRegion(cell: string): string | null {
  const text = cleanText(cell, 100);
  if (text === '' || isMissing(text)) return null;
  const region = resolveRegion(text, null);
  if (region !== null) return region.country;
  return text.length > 3 ? normalizeCountry(text) : null;
}
