import fc from 'fast-check';
import { EMPLOYEES_MAX, joinEmployees, readEmployees } from './read-employees';

describe('a number of employees', () => {
  it.each<[string, number, number | null]>([
    ['51-200', 51, 200],
    ['51–200 employees', 51, 200],
    ['11 to 50', 11, 50],
    ['2 - 10 employees', 2, 10],
    ['1,001-5,000', 1001, 5000],
    ['1.001-5.000', 1001, 5000],
    ['1 001 - 5 000', 1001, 5000],
    ["1'001 bis 5'000 Mitarbeiter", 1001, 5000],
    ['10,001+', 10001, null],
    ['10k+', 10000, null],
    ['1K-5K', 1000, 5000],
    ['1-5k', 1000, 5000],
    ['> 500', 501, null],
    ['>= 500', 500, null],
    ['more than 100', 101, null],
    ['500 or more', 500, null],
    ['<10', 0, 9],
    ['up to 50', 0, 50],
    ['~120', 120, 120],
    ['ca. 50', 50, 50],
    ['120', 120, 120],
    ['120.0', 120, 120],
    ['1.5k', 1500, 1500],
    ['c_00051_00100', 51, 100],
    ['c_10001_max', 10001, null],
    ['EMPLOYEES_51_200', 51, 200],
    ['myself only', 1, 1],
    ['Self-employed', 1, 1],
    ['Small (1-50)', 1, 50],
    ['11-50人', 11, 50],
    ['100 Mitarbeiter', 100, 100],
    ['50 personnes', 50, 50],
    ['200-51', 51, 200],
    ['1 ou 2 salariés', 1, 2],
    ['de 11 a 50', 11, 50],
    ['between 11 and 50', 11, 50],
    ['from 11 to 50', 11, 50],
    ['zwischen 11 und 50 Mitarbeiter', 11, 50],
    ['C: 11-50', 11, 50],
    ['200 (2023)', 200, 200],
    ['1.2 million', 1_200_000, 1_200_000],
    ['１２０', 120, 120],
    ['約300名', 300, 300],
    ['連結 12,000名', 12_000, 12_000],
    ['1000人以上', 1000, null],
    ['20人以下', 0, 20],
    ['20人未満', 0, 19],
    ['120명', 120, 120],
    ['mais de 500', 501, null],
    ['meer dan 500', 501, null],
    ['powyżej 250', 251, null],
    ['over 500', 501, null],
    ['meno di 10', 0, 9],
    ['färre än 10', 0, 9],
    ['até 9', 0, 9],
    ['do 9', 0, 9],
    ['od 10 do 49', 10, 49],
  ])('%s', (text, min, max) => {
    expect(readEmployees(text)).toEqual({ min, max });
  });

  it.each<[string, number, number]>([
    ['10-Jan', 1, 10],
    ['Jan-10', 1, 10],
    ['2-Oct', 2, 10],
    ['10-Feb', 2, 10],
    ['Feb-10', 2, 10],
    ['Nov-50', 11, 50],
    ['11. Okt', 10, 11],
  ])('%s, which a spreadsheet made of a range, is one again', (text, min, max) => {
    expect(readEmployees(text)).toEqual({ min, max });
  });

  it.each([
    '',
    '-',
    'N/A',
    '0',
    '-5',
    '120.5',
    'abc',
    '6000000',
    '$1M',
    '12/2012',
    '1e3',
    '+49 30 123456',
    '51-200-500',
    'many',
    'Tuesday',
  ])('%j is none', (text) => {
    expect(readEmployees(text)).toBeNull();
  });

  it('joins a minimum and a maximum from two columns', () => {
    expect(joinEmployees('51', '200')).toEqual({ min: 51, max: 200 });
    expect(joinEmployees('200', '51')).toEqual({ min: 51, max: 200 });
    expect(joinEmployees('51', '')).toEqual({ min: 51, max: null });
    expect(joinEmployees('', '200')).toEqual({ min: 0, max: 200 });
    expect(joinEmployees('?', '-')).toBeNull();
  });

  it('is written back unchanged, in order and within bounds', () => {
    const numbers = fc.integer({ min: 1, max: EMPLOYEES_MAX });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(readEmployees(`${a}-${b}`)).toEqual({ min: Math.min(a, b), max: Math.max(a, b) });
        expect(readEmployees(`${a}+`)).toEqual({ min: a, max: null });
        expect(readEmployees(a.toLocaleString('en'))).toEqual({ min: a, max: a });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const range = readEmployees(text);
        if (range !== null) expect(range.min).toBeLessThanOrEqual(range.max ?? EMPLOYEES_MAX);
      }),
    );
  });
});
