import { randomBytes } from 'node:crypto';
import { sealingKeysSchema } from './sealing-keys.schema';

const key = (bytes = 32): string => randomBytes(bytes).toString('base64');

describe('LEADGEN_SEALING_KEY', () => {
  it('takes one key or several, the first of which seals', () => {
    const keys = [key(), key()];
    expect(sealingKeysSchema.parse(keys[0])).toEqual([keys[0]]);
    expect(sealingKeysSchema.parse(keys.join('\n'))).toEqual(keys);
    expect(sealingKeysSchema.parse(` ${keys.join(' , ')}\n`)).toEqual(keys);
  });

  it.each([
    ['too short', key(31), 'has 31 bytes'],
    ['too long', key(33), 'has 33 bytes'],
    ['a sentence', 'correct horse battery staple', 'is not base64'],
    ['zeros', Buffer.alloc(32).toString('base64'), 'is not random'],
    ['a repeated word', Buffer.from('password'.repeat(4)).toString('base64'), 'is not random'],
    ['a good one followed by a weak one', `${key()} ${key(16)}`, 'key 2 has 16 bytes'],
  ])('refuses %s and does not show it', (_, text, problem) => {
    const message = sealingKeysSchema.safeParse(text).error?.issues[0]?.message;
    expect(message).toContain(problem);
    expect(message).toContain('openssl rand -base64 32');
    expect(message).not.toContain(text);
  });

  it('takes every random key', () => {
    for (let i = 0; i < 2_000; i += 1) expect(sealingKeysSchema.safeParse(key()).success).toBe(true);
  });
});
