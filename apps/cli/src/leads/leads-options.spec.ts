import { leadsOptions } from './leads-options';

describe('leadgen leads', () => {
  it('shows a person the best twenty, and hands a script all', () => {
    expect(leadsOptions({}, true)).toMatchObject({ format: 'table', limit: 20 });
    expect(leadsOptions({}, false)).toMatchObject({ format: 'ndjson', limit: Infinity });
    expect(leadsOptions({ json: true }, true)).toMatchObject({ format: 'ndjson', limit: Infinity });
    expect(leadsOptions({ csv: true }, true)).toMatchObject({ format: 'csv', limit: Infinity });
    expect(leadsOptions({ limit: '3' }, true)).toMatchObject({ format: 'table', limit: 3 });
  });

  it('filters by what is typed', () => {
    expect(leadsOptions({ bucket: 'A', minScore: '69.5', newOnly: true }, true).filter).toEqual({
      bucket: 'A',
      minScore: 69.5,
      newOnly: true,
    });
  });

  it.each([
    [{ csv: true, json: true }, /^--csv and --json are two formats/],
    [{ bucket: 'D' }, /^--bucket "D": use A, B, C/],
    [{ minScore: '101' }, /^--min-score "101": give a number from 0 to 100/],
    [{ minScore: 'high' }, /^--min-score/],
    [{ limit: '-1' }, /^--limit "-1"/],
  ])('refuses %j, naming the flag', (words, message) => {
    expect(() => leadsOptions(words, true)).toThrow(message);
  });
});
