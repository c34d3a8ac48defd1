import { mailAddress } from './mail-address';

describe('an address', () => {
  it.each(['ada@acme.example', 'ada.lovelace+x@mail.acme.example', 'a@acme.example.invalid'])(
    '%s is one',
    (text) => {
      expect(mailAddress(` ${text} `)).toBe(text);
    },
  );

  it.each([
    null,
    undefined,
    '',
    'ada',
    '@acme.example',
    'a@b',
    'ada @acme.example',
    '=HYPERLINK("x")@acme.example',
    'email_not_unlocked@domain.com',
    'a***@acme.example',
    `${'a'.repeat(300)}@acme.example`,
    `${' '.repeat(100_000)}ada@acme.example`,
  ])('%j is none', (text) => {
    expect(mailAddress(text)).toBeNull();
  });
});
