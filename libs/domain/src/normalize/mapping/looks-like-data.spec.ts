import { looksLikeData } from './looks-like-data';

const OTHERS = [
  ['Globex', 'globex.de', 'Germany', '2005'],
  ['Initech', 'initech.io', 'USA', '1999'],
];

describe('a first row', () => {
  it.each([
    [['Acme', 'https://acme.com', 'USA', '2001']],
    [['Acme', 'acme.com', 'Germany', '']],
    [['Acme', 'info@acme.com']],
    [['Acme', '', 'Germany', '2001']],
    [['Acme', 'Berlin', 'USA']],
    [['acme.com']],
    [['Acme GmbH']],
  ])('%j looks like data', (row) => {
    expect(looksLikeData(row, OTHERS)).toBe(true);
  });

  it.each([
    [['Company', 'Website', 'Country', 'Year Founded']],
    [['Firma', 'Webseite', 'Land', 'Gründungsjahr']],
    [['company_name', 'homepage_url']],
    [['name']],
    [['Company']],
    [['Satus', 'Foo', 'Bar']],
    [['Company', '2020', '2021', '2022']],
    [['', '', '']],
    [[]],
  ])('%j looks like column names', (row) => {
    expect(looksLikeData(row, OTHERS)).toBe(false);
  });
});
