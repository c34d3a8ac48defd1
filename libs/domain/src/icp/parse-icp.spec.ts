import fc from 'fast-check';
import { type AppError } from '#libs/kernel';
import { compileIcp } from './compile-icp';
import { parseIcp } from './parse-icp';

/** The message of the `invalid_icp` it throws. */
function complaint(input: unknown): string {
  try {
    parseIcp(input);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_icp', severity: 'expected' });
    return (error as AppError).message;
  }
  return 'no complaint';
}

describe('an ICP', () => {
  it.each(['{"__proto__":{"a":1}}', '{"constructor":1}', '{"toString":[]}'])(
    '%s is an unknown member like any other',
    (text) => {
      expect(complaint(text)).toMatch(/: is not a criterion\. Known are industries, /);
    },
  );

  it('is taken as JSON text or as a value, with the words as written', () => {
    const icp = { industries: ['SaaS'], countries: ['germany'], employees: { min: 50 }, titles: [' CEO '] };
    const expected = { ...icp, titles: ['CEO'] };
    expect(parseIcp(JSON.stringify(icp))).toEqual(expected);
    expect(parseIcp(icp)).toEqual(expected);
    expect(parseIcp('{}')).toEqual({});
  });

  it.each([
    [
      '{industries:[software]}',
      /is not valid JSON: Expected property name or '}' at character 2, near "\{industries:\[sof"/,
    ],
    ['\'{"industries":[]}\'', /is not valid JSON: Unexpected token '''/],
    ['{"industries":["software"],}', /Expected double-quoted property name at character 28/],
    ['{"industries":', /is not valid JSON: Unexpected end of JSON input\./],
    ['nope', /is not valid JSON: Unexpected token 'o'\./],
    ['', /is empty, not JSON/],
    ['  ', /is empty, not JSON/],
  ])('%j is refused with the place and the usual cause', (text, expected) => {
    expect(complaint(text)).toMatch(expected);
    expect(complaint(text)).toContain('If a shell ate the quotes, put the payload in single quotes');
  });

  it.each([
    ['[]', 'is a list'],
    ['null', 'is null'],
    ['"software"', 'is the text "software"'],
    ['42', 'is the number 42'],
    ['true', 'is a boolean'],
  ])('%s is refused: an ICP is an object', (text, expected) => {
    expect(complaint(text)).toBe(
      `The ICP has a problem. It must be a JSON object such as {"industries": ["software"]}, and ${expected}.`,
    );
  });

  it.each([
    [{ industry: ['software'] }, 'industry: is not a criterion; did you mean "industries"?'],
    [{ idnustries: [] }, 'did you mean "industries"?'],
    [{ country: 'DE' }, 'did you mean "countries"?'],
    [{ headcount: {} }, 'did you mean "employees"?'],
    [{ Industries: [] }, 'did you mean "industries"?'],
    [{ employees: { minimum: 5 } }, 'employees.minimum: is not a criterion; did you mean "min"?'],
    [{ zzz: 1 }, 'zzz: is not a criterion. Known are industries, exclude_industries, countries'],
    [JSON.parse('{"__proto__": {"industries": []}}'), '__proto__: is not a criterion'],
  ])('%j names the key that was meant', (value, expected) => {
    expect(complaint(value)).toContain(expected);
  });

  it.each([
    [
      { industries: 'software' },
      'industries: must be a list such as ["software"], and is the text "software"',
    ],
    [{ employees: '50-500' }, 'employees: must be an object such as {"min": 50}, and is the text "50-500"'],
    [{ employees: [50, 500] }, 'employees: must be an object such as {"min": 50}, and is a list'],
    [
      { employees: { min: '50' } },
      'employees.min: must be a whole number without quotes, and is the text "50"',
    ],
    [
      { employees: { min: 1.5 } },
      'employees.min: must be a whole number without quotes, and is the number 1.5',
    ],
    [{ employees: { min: -1 } }, 'employees.min: must be 0 or more'],
    [{ employees: { min: 500, max: 50 } }, 'employees.min is greater than employees.max; swap them'],
    [{ founded: { min: 2020, max: 2010 } }, 'founded.min is greater than founded.max; swap them'],
    [{ countries: [5] }, 'countries[0]: must be a text in quotes, and is the number 5'],
    [{ titles: ['CEO', ' '] }, 'titles[1]: is empty; remove it or write a word'],
    [{ keywords: null }, 'keywords: must be a list such as ["warehouse"], and is null'],
    [{ keywords: Array.from({ length: 201 }, () => 'x') }, 'keywords: is too long; at most 200 are taken'],
  ])('%j says what is expected and what is there', (value, expected) => {
    expect(complaint(value)).toContain(expected);
  });

  it.each([
    [
      { industries: ['sofware'] },
      'industries[0]: "sofware" is no industry of the taxonomy; nearest are "software"',
    ],
    [
      { exclude_industries: ['xyzzy'] },
      '"xyzzy" is no industry of the taxonomy. All are listed in docs/industries.md',
    ],
    [{ countries: ['DE', 'Germny'] }, 'countries[1]: "Germny" is no country; did you mean "Germany" (DE)?'],
    [{ countries: ['Europe'] }, '"Europe" is no country but a part of the world; list its countries'],
    [{ countries: ['Q'] }, '"Q" is no country; write its English name or its two-letter ISO code'],
    [{ exclude_domains: ['not a domain'] }, 'exclude_domains[0]: "not a domain" is no domain of a company'],
  ])('%j names the nearest word that is known', (value, expected) => {
    expect(complaint(value)).toContain(expected);
  });

  it.each([
    [
      { industries: ['software'], exclude_industries: ['Software'] },
      '"Software" is both wanted and excluded',
    ],
    [{ countries: ['DE'], exclude_countries: ['Germany'] }, '"Germany" is both wanted and excluded'],
    [{ keywords: ['AI'], exclude_keywords: ['ai'] }, '"AI" is both wanted and excluded'],
  ])('%j contradicts itself and is refused', (value, expected) => {
    expect(complaint(value)).toContain(`${expected}; remove one of them`);
  });

  it('lists every problem at once, the first ten in words', () => {
    expect(complaint({ industry: [], employees: { min: 5, max: 1 }, titles: 'CEO' })).toMatch(
      /^The ICP has 3 problems\. .*employees.*\. .*titles.*\./,
    );
    const many = complaint({ industries: Array.from({ length: 50 }, (_, i) => `nonsense ${i}`) });
    expect(many).toMatch(/^The ICP has 50 problems\..*And 40 more\.$/s);
  });

  it('is never refused without a reason, and never crashes the parser', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything({ withNullPrototype: true })), (input) => {
        const message = complaint(input);
        expect(message === 'no complaint' || message.length > 40).toBe(true);
      }),
    );
  });
});

describe('a compiled ICP', () => {
  it('has ids in place of words, each once', () => {
    const compiled = compileIcp({
      industries: ['software', 'Software'],
      countries: ['DE', 'Germany', 'fr'],
      employees: { max: 500 },
      founded: {},
      exclude_domains: ['https://www.Acme.com/about'],
    });
    expect(compiled).toMatchObject({
      industries: new Map([['software', 'Software']]),
      countries: new Map([
        ['DE', 'Germany'],
        ['FR', 'France'],
      ]),
      employees: { min: null, max: 500 },
      founded: null,
      excludeDomains: new Set(['acme.com']),
    });
  });

  it('asks nothing for lists and ranges that are left empty', () => {
    const empty = compileIcp({
      industries: [],
      countries: [],
      keywords: [],
      exclude_domains: [],
      employees: {},
    });
    expect(empty).toEqual(compileIcp({}));
  });
});
