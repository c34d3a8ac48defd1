import { randomBytes } from 'node:crypto';
import { errorCode } from '#libs/kernel';
import { Sealer } from './sealer';

const key = (): string => randomBytes(32).toString('base64');
/** The code of what `act` throws. */
function refusal(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return errorCode(error);
  }
  return 'nothing was thrown';
}

const place = ['vendor-credential', 'acme', 'finder'];

describe('a sealed secret', () => {
  const sealer = new Sealer([key()]);

  it.each(['k', 'a key of a vendor', 'ключ', 'x'.repeat(4096), ''])('opens as it was, case %#', (secret) => {
    expect(sealer.open(sealer.seal(secret, place), place)).toBe(secret);
  });

  it('shows nothing of the secret, and never looks the same twice', () => {
    const sealed = sealer.seal('canary-secret', place);
    expect(sealed).not.toContain('canary');
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('canary');
    expect(sealer.seal('canary-secret', place)).not.toBe(sealed);
  });

  it.each([
    ['another tenant', ['vendor-credential', 'globex', 'finder']],
    ['another vendor', ['vendor-credential', 'acme', 'verifier']],
    ['another purpose', ['webhook-secret', 'acme', 'finder']],
    ['the same words in another order', ['vendor-credential', 'finder', 'acme']],
    ['words run together', ['vendor-credential', 'acmefinder']],
  ])('does not open for %s', (_, elsewhere) => {
    expect(refusal(() => sealer.open(sealer.seal('secret', place), elsewhere))).toBe('sealed_unreadable');
  });

  it('does not open when any of its bytes has changed', () => {
    const [version, id, body = ''] = sealer.seal('secret', place).split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let i = 0; i < bytes.length; i += 1) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      const text = [version, id, altered.toString('base64url')].join('.');
      expect(refusal(() => sealer.open(text, place))).toBe('sealed_unreadable');
    }
  });

  it.each(['', 'secret', 's1.00000000.', 's2.00000000.AAAA', `s1.00000000.${'A'.repeat(50)}`])(
    'is not taken for one: %s',
    (text) => {
      expect(refusal(() => sealer.open(text, place))).toBe('sealed_unreadable');
    },
  );
});

describe('a change of keys', () => {
  const [older, newer] = [key(), key()];

  it('lets the new key seal and both open', () => {
    const old = new Sealer([older]).seal('secret', place);
    const both = new Sealer([newer, older]);
    expect(both.open(old, place)).toBe('secret');
    expect(both.isStale(old)).toBe(true);
    const anew = both.seal('secret', place);
    expect(both.isStale(anew)).toBe(false);
    expect(new Sealer([newer]).open(anew, place)).toBe('secret');
  });

  it('makes unreadable what only a dropped key can open', () => {
    const old = new Sealer([older]).seal('secret', place);
    expect(refusal(() => new Sealer([newer]).open(old, place))).toBe('sealed_unreadable');
  });

  it('refuses to seal without a key, naming the setting', () => {
    expect(() => new Sealer([]).seal('secret', place)).toThrow(/LEADGEN_SEALING_KEY_FILE/);
    expect(refusal(() => new Sealer([]).seal('secret', place))).toBe('sealing_not_configured');
  });
});
