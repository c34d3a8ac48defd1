import { percent } from './percent';

describe('a confidence', () => {
  it.each([
    [0, 0],
    [61.4, 61],
    [250, 100],
    [-3, 0],
    [Infinity, 100],
    [NaN, null],
    [null, null],
    [undefined, null],
  ])('of %p is %p', (value, expected) => {
    expect(percent(value)).toBe(expected);
  });
});
