import fc from 'fast-check';
import * as countries from 'i18n-iso-countries';
import { countryOfMisspelling } from './country-index';
import { normalizeCountry } from './normalize-country';

const CODES = Object.keys(countries.getAlpha2Codes());

describe('a country', () => {
  it.each(CODES)('%s is known by its codes and its English names', (code) => {
    expect(normalizeCountry(code)).toBe(code);
    if (code !== 'NA') expect(normalizeCountry(code.toLowerCase())).toBe(code);
    expect(normalizeCountry(countries.alpha2ToAlpha3(code) ?? '')).toBe(code);
    expect(normalizeCountry(countries.alpha2ToNumeric(code) ?? '')).toBe(code);
    for (const name of countries.getName(code, 'en', { select: 'all' }) ?? []) {
      // "Congo" alone is the Republic; the other one is called by more words.
      if (name !== 'Congo') expect([name, normalizeCountry(name.toUpperCase())]).toEqual([name, code]);
    }
    const inNode = new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? '';
    expect([inNode, normalizeCountry(inNode)]).toEqual([inNode, code]);
  });

  it.each([
    [
      'DE',
      'Deutschland|GERMANY|germany |Federal Republic of Germany|Allemagne|Alemania|GER|DEU|276|Germany (DE)|DE - Germany|🇩🇪|🇩🇪 Germany|"Germany"',
    ],
    [
      'US',
      'USA|U.S.A.|U.S.|us|United States|United States of America|The United States|united   states|UNITED STATES (USA)|US - United States|America|840|Estados Unidos|Vereinigte Staaten|アメリカ合衆国',
    ],
    [
      'GB',
      'UK|U.K.|United Kingdom|England|Scotland|Wales|Northern Ireland|Great Britain|GBR|United Kingdom of Great Britain and Northern Ireland (the)|England, UK',
    ],
    ['KR', 'South Korea|Korea, Republic of|Republic of Korea|Korea (South)|Korea'],
    ['KP', "North Korea|Korea, Democratic People's Republic of"],
    ['RU', 'Russia|Russian Federation|Россия'],
    ['CZ', 'Czech Republic|Czechia|Tschechien|Česká republika'],
    ['NL', 'Holland|The Netherlands|Netherlands (the)|Nederland|Pays-Bas'],
    ['AE', 'UAE|VAE|U.A.E.|United Arab Emirates'],
    ['VN', 'Viet Nam|Vietnam'],
    ['CI', "Côte d'Ivoire|Cote d’Ivoire|Cote d Ivoire|COTE DIVOIRE|Ivory Coast|Elfenbeinküste"],
    ['HK', 'Hong Kong|Hong Kong SAR|Hong Kong SAR China|HKG'],
    ['TW', 'Taiwan|Taiwan, Province of China|Taiwan (R.O.C.)'],
    ['CN', "China|PRC|People's Republic of China|中国|China (PRC)"],
    ['ES', 'España|Espana|Spanien|Spain'],
    ['CH', 'Schweiz|Suisse|Svizzera|Switzerland'],
    ['AT', 'Österreich|Austria|Oesterreich'],
    ['BR', 'Brasil|Brazil|Brasilien'],
    ['TR', 'Türkiye|Turkey|Turkiye'],
    ['CD', 'Congo (Kinshasa)|Congo (DRC)|DR Congo|Democratic Republic of the Congo'],
    ['GE', 'Georgia|Republic of Georgia'],
    ['CA', 'CA|Canada|CAN|Kanada'],
    ['IN', 'IN|India|IND|भारत'],
    ['XK', 'Kosovo'],
    ['EE', 'Eesti'],
    ['JE', 'Jersey|Jersey, Channel Islands'],
    ['BY', 'Belarus|Byelorussia'],
    ['CG', 'Congo|Congo, Rep.'],
    ['KN', 'St. Kitts & Nevis|Saint Kitts and Nevis'],
    ['GR', 'EL|Greece|Hellas|Ελλάδα'],
  ])('%s is known as %s', (code, names) => {
    for (const name of names.split('|')) expect([name, normalizeCountry(name)]).toEqual([name, code]);
  });

  it.each([
    '',
    '-',
    'N/A',
    'na',
    'none',
    'Europe',
    'EMEA',
    'Germny',
    'xx',
    'ZZZ',
    '49',
    '1',
    '999',
    '+49',
    'Germany / France',
    'San Francisco, CA',
    'California',
    'Springfield',
    'Land',
    'AB-CD',
  ])('%j is none', (text) => {
    expect(normalizeCountry(text)).toBeNull();
  });

  it.each([
    ['Germny', 'DE'],
    ['Untied States', 'US'],
    ['Swtizerland', 'CH'],
    ['Portgual', 'PT'],
    ['Philipines', 'PH'],
    ['Austrlia', null],
    ['Nigera', null],
    ['Giorgia', null],
    ['Irak', null],
    ['Marsland', null],
  ])('%s, misspelt, is %s: only where nothing else is as near', (text, code) => {
    expect(countryOfMisspelling(text)).toBe(code);
  });

  it('is canonical, and never crashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const code = normalizeCountry(text);
        expect(code === null || normalizeCountry(code) === code).toBe(true);
      }),
    );
  });
});
