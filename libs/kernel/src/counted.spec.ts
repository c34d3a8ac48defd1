import { counted } from './counted';

describe('counted', () => {
  it.each([
    [0, '0 companies'],
    [1, '1 company'],
    [999, '999 companies'],
    [1_200, '1,200 companies'],
    [1_000_000, '1,000,000 companies'],
  ])('%i: %s', (count, words) => {
    expect(counted(count, 'company', 'companies')).toBe(words);
  });

  it('adds an s where no plural is given', () => {
    expect(counted(2, 'row')).toBe('2 rows');
  });
});
