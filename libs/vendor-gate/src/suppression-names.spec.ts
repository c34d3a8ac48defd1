import { suppressionKey } from './suppression-key';
import { SuppressionNames } from './suppression-names';

const KEY = Buffer.from(Array.from({ length: 32 }, (_byte, i) => i)).toString('base64');
const OTHER = Buffer.from(Array.from({ length: 32 }, (_byte, i) => i + 1)).toString('base64');
const ada = { kind: 'email', value: 'ada@example.com' } as const;

describe('the names of a suppression list', () => {
  const names = new SuppressionNames(KEY);

  it('never change for what is already on somebody’s list', () => {
    expect(names.nameOf('acme', ada)).toBe('k1.m0YEo66_TQR6hDcfIvCsjax4EkUS5nGhWJ4ERlHi2Qo');
    expect(new SuppressionNames().nameOf('acme', ada)).toBe(suppressionKey('acme', 'email', ada.value));
  });

  it('cannot be found out by guessing without the deployment’s key', () => {
    const guesses = [new SuppressionNames(), new SuppressionNames(OTHER)];
    for (const guess of guesses) {
      expect(guess.namesOf('acme', ada)).not.toContain(names.nameOf('acme', ada));
    }
  });

  it('find what was written before there was a key, and what has been written since', () => {
    expect(names.namesOf('acme', ada)).toEqual([
      names.nameOf('acme', ada),
      suppressionKey('acme', 'email', ada.value),
    ]);
  });

  it('are turned into those of today without knowing whom they stand for, once', () => {
    const old = suppressionKey('acme', 'email', ada.value);
    expect(names.keyed(old)).toBe(names.nameOf('acme', ada));
    expect(names.keyed(names.keyed(old))).toBe(names.nameOf('acme', ada));
    expect(new SuppressionNames().keyed(old)).toBe(old);
  });

  it('are others for every tenant, kind and person', () => {
    const all = [
      names.nameOf('acme', ada),
      names.nameOf('globex', ada),
      names.nameOf('acme', { ...ada, kind: 'domain' }),
      names.nameOf('acme', { ...ada, value: 'eve@example.com' }),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it('tell their key apart from others without showing it', () => {
    expect(names.keyId()).toMatch(/^[0-9a-f]{8}$/);
    expect(names.keyId()).not.toBe(new SuppressionNames(OTHER).keyId());
    expect(new SuppressionNames().keyId()).toBeNull();
  });
});
