import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { base32, shortHash } from './ids';

describe('a short hash', () => {
  it('is the beginning of the SHA-256 in base32, however long it is to be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 51 }), (text, length) => {
        const whole = base32(createHash('sha256').update(text).digest());
        expect(shortHash(text, length)).toBe(whole.slice(0, length));
      }),
    );
  });
});
