import fc from 'fast-check';
import { emailAddresses } from './email-addresses';

describe('e-mail addresses in a text', () => {
  it.each([
    ['Write to hello@acme.example.', ['hello@acme.example']],
    ['Hello@ACME.example', ['hello@acme.example']],
    ['a@acme.example, b@acme.example; a@acme.example', ['a@acme.example', 'b@acme.example']],
    ['<hello@acme.example>', ['hello@acme.example']],
    ['"hello@acme.example"', ['hello@acme.example']],
    ['mailto:hello@acme.example?subject=x', ['hello@acme.example']],
    ['first.last+tag@mail.acme.co.uk', ['first.last+tag@mail.acme.co.uk']],
    ["o'brien@acme.example", ["o'brien@acme.example"]],
    ["'quoted@acme.example'", ['quoted@acme.example']],
    ['...dots@acme.example...', ['dots@acme.example']],
    ['info@xn--mnchen-3ya.de', ['info@xn--mnchen-3ya.de']],
    ['a_b-c@a-b.example', ['a_b-c@a-b.example']],
    ['hello@acme.example.invalid', ['hello@acme.example.invalid']],
  ])('of %j are %j', (text, expected) => {
    expect(emailAddresses(text)).toEqual(expected);
  });

  it.each([
    'no address here',
    '@',
    '@acme.example',
    'hello@',
    'hello@acme',
    'hello@acme.',
    'hello@.example',
    'hello @ acme.example',
    'hello@-acme.example',
    'hello@acme-.example',
    'hello@acme..example',
    'hello.@acme.example',
    'hello@127.0.0.1',
    'hello@acme.x',
    'logo@2x.png',
    'hero@3x.webp',
    'pkg@1.2.js',
    'someone@example.com',
    'x@sub.example.org',
    'abc@sentry.io',
    'abc@o1.ingest.sentry.io',
    'x@sentry.wixpress.com',
    'name@yourdomain.com',
    '@media@screen',
    `${'a'.repeat(65)}@acme.example`,
    `a@${'b'.repeat(64)}.example`,
  ])('of %j are none', (text) => {
    expect(emailAddresses(text)).toEqual([]);
  });

  it('are found whatever stands around them', () => {
    const around = fc.string({ unit: fc.constantFrom(' ', ',', '<', '>', '(', ')', '\n', '"', 'é', '中') });
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(emailAddresses(`${before} hello@acme.example ${after}`)).toEqual(['hello@acme.example']);
      }),
    );
  });

  it('stand in the text as they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '@', '.', '-', "'", ' ', 'B', '1'), maxLength: 80 }),
        (text) => {
          for (const address of emailAddresses(text)) expect(text.toLowerCase()).toContain(address);
        },
      ),
    );
  });
});
