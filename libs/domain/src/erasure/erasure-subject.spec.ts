import { eraseFromJson } from './erase-json';
import { subjectFinder } from './erasure-subject';

describe('a subject in a text', () => {
  const email = subjectFinder({ kind: 'email', value: 'ada@acme.com' });
  const domain = subjectFinder({ kind: 'domain', value: 'acme.com' });

  it.each([
    ['ada@acme.com', true],
    ['Write to ADA@ACME.COM.', true],
    ['mailto:ada@acme.com?subject=x', true],
    ['https://x.example/?to=ada%40acme.com', true],
    ['"ada@acme.com",', true],
    ['nada@acme.com', false],
    ['x.ada@acme.com', false],
    ['ada@acme.com.au', false],
    ['ada@acme.community', false],
  ])('is the address in %s: %s', (text, found) => {
    expect(email.isIn(text)).toBe(found);
  });

  it.each([
    ['https://www.acme.com/x', 'https://[erased]/x'],
    ['bob@acme.com', '[erased]'],
    ['ada@acme.com.invalid', '[erased]'],
    ['Bob <bob@mail.acme.com>, ACME.com.', 'Bob <[erased]>, [erased].'],
    ['notacme.com acme.com.au acme.community', 'notacme.com acme.com.au acme.community'],
  ])('is taken out of %s with the addresses there', (text, left) => {
    expect(domain.without(text)).toBe(left);
  });

  it('takes the entry of a list with it, and of other texts itself only', () => {
    const value = {
      text: 'ada@acme.com wrote',
      list: ['ada@acme.com', 'bob@acme.com'],
      records: [{ email: 'ada@acme.com', name: 'Ada' }, { email: 'bob@acme.com' }],
      deep: { ok: 1, nothing: null },
    };
    expect(eraseFromJson(value, email)).toEqual({
      text: '[erased] wrote',
      list: ['bob@acme.com'],
      records: [{ email: 'bob@acme.com' }],
      deep: { ok: 1, nothing: null },
    });
    expect(eraseFromJson(value.deep, email)).toBe(value.deep);
  });

  it('is looked for in linear time', () => {
    const started = performance.now();
    domain.without(`${'a.'.repeat(100_000)}acme.org ${'a'.repeat(200_000)}@`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
