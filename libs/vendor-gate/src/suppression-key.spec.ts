import { suppressionKey } from './suppression-key';

describe('suppressionKey', () => {
  it('never changes for what is already on somebody’s list', () => {
    expect(suppressionKey('acme', 'domain', 'example.com')).toBe(
      'NB7-G-tAdpnXojs9Tc6JIUoVtKTnHKmRyVAn7NOD81o',
    );
  });

  it('is the same however an address is written, and another for every tenant and kind', () => {
    const key = suppressionKey('acme', 'email', 'ada@example.com');
    expect(suppressionKey('acme', 'email', ' Ada@Example.COM\n')).toBe(key);
    expect(suppressionKey('globex', 'email', 'ada@example.com')).not.toBe(key);
    expect(suppressionKey('acme', 'domain', 'ada@example.com')).not.toBe(key);
  });

  it('does not contain what it stands for', () => {
    expect(suppressionKey('acme', 'domain', 'example.com')).toMatch(/^[\w-]{43}$/);
  });
});
