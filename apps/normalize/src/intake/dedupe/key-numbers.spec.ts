import * as fc from 'fast-check';
import { hashText } from './hash-text';
import { KeyNumbers } from './key-numbers';

describe('keys as numbers', () => {
  it('the same text always has the same number, and different ones different numbers', () => {
    const numbers = new KeyNumbers();
    const texts = Array.from({ length: 20_000 }, (_, i) => `acme ${i % 7_000}|DE`);
    const given = texts.map((text) => numbers.numberOf(text));
    expect(numbers.count).toBe(7_000);
    expect(new Set(given).size).toBe(7_000);
    expect(texts.map((text) => numbers.numberOf(text))).toEqual(given);
  });

  it('hashes of texts that differ little differ, and fit a double exactly', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Number.isSafeInteger(hashText(a))).toBe(true);
        expect(hashText(a) > 0).toBe(true);
        expect(hashText(a) === hashText(b)).toBe(a === b);
      }),
      { numRuns: 500 },
    );
    const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => hashText(`c${i}.com`)));
    expect(hashes.size).toBe(100_000);
  });
});
