import fc from 'fast-check';
import { FOUNDED_MAX, FOUNDED_MIN, readFounded } from './read-founded';

describe('a year of foundation', () => {
  it.each([
    ['2012', 2012],
    [' 2012.0 ', 2012],
    ['Founded 2012', 2012],
    ['est. 1999', 1999],
    ['Since 1987.', 1987],
    ['c. 1890', 1890],
    ['2012-05-01', 2012],
    ['2012-05-01T00:00:00Z', 2012],
    ['2011/12/03', 2011],
    ['05/2012', 2012],
    ['12/03/2011', 2011],
    ['01.05.2012', 2012],
    ['20120501', 2012],
    ['Mar 4, 2011', 2011],
    ['12-May-2012', 2012],
    ['Q1 2012', 2012],
    ['2012年5月', 2012],
    ['２０１２', 2012],
    ['1998/99', 1998],
  ])('%j is %d', (text, year) => {
    expect(readFounded(text)).toBe(year);
  });

  it.each([
    '',
    '-',
    "'12",
    '12',
    'May-12',
    '0000',
    '1499',
    '2101',
    '2012-2014',
    '2005 (relaunched 2010)',
    '$2012',
    '2,012',
    '2012.5',
    '+1 2012 333',
    '40909',
    '2012 employees',
    'soon',
  ])('%j is none', (text) => {
    expect(readFounded(text)).toBeNull();
  });

  it('takes a spreadsheet’s serial number for a date only in a column of dates', () => {
    expect(readFounded('40909', true)).toBe(2012);
    expect(readFounded('40908', true)).toBe(2011);
    expect(readFounded('40909')).toBeNull();
  });

  it('is written back unchanged, and always within its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: FOUNDED_MIN, max: FOUNDED_MAX }), (year) => {
        expect(readFounded(String(year))).toBe(year);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, isDate) => {
        const year = readFounded(text, isDate);
        expect(year === null || (year >= FOUNDED_MIN && year <= FOUNDED_MAX)).toBe(true);
      }),
    );
  });
});
