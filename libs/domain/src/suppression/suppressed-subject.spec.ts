import { suppressedSubject } from './suppressed-subject';

describe('what a suppression list compares', () => {
  it.each([
    ['email', ' Ada@Acme.Example ', 'ada@acme.example'],
    ['domain', 'https://www.Shop.ACME.com/x', 'acme.com'],
    ['company', 'Müller & Söhne GmbH', 'muller and sohne'],
    ['company', 'MUELLER UND SOEHNE', 'muller and sohne'],
  ] as const)('is the %s %s in one spelling', (kind, value, subject) => {
    expect(suppressedSubject(kind, value)).toEqual({ subject });
  });

  it.each([
    ['email', 'acme.example'],
    ['email', 'a b@acme.example'],
    ['email', `${'x'.repeat(250)}@acme.example`],
    ['domain', 'localhost'],
    ['company', '...'],
  ] as const)('is no %s like %s, and the reason does not repeat it', (kind, value) => {
    const read = suppressedSubject(kind, value);
    expect(read).toHaveProperty('problem');
    expect(JSON.stringify(read)).not.toContain(value);
  });
});
