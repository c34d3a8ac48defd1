import fc from 'fast-check';
import { companyProfileSchema, type CompanyProfile } from '#libs/contracts';
import { FORBIDDEN_IN_PROFILES, HONEST_TEXT, INJECTIONS } from '#libs/testing';
import type { ProfileAnswer } from './profile-answer.schema';
import { readProfileAnswer } from './read-profile-answer';

const ANSWER: ProfileAnswer = {
  summary: 'Acme Robotics builds robots for the warehouses of logistics companies.',
  products: ['PalletBot', 'warehouse robots'],
  sells_to: 'businesses',
  quotes: ['builds warehouse robots for logistics companies'],
};

function read(answer: Partial<ProfileAnswer>, text = HONEST_TEXT): CompanyProfile | null {
  const reading = readProfileAnswer(JSON.stringify({ ...ANSWER, ...answer }), text);
  return reading.kind === 'profile' ? reading.value : null;
}

describe('an answer that the text bears out', () => {
  it('is kept whole', () => {
    expect(read({})).toEqual(ANSWER);
  });

  it('is kept where only its white space differs from the text’s', () => {
    const text = 'Acme   builds\nwarehouse robots for\u00a0logistics companies.';
    expect(read({ quotes: ['builds  warehouse robots\nfor logistics companies'] }, text)).toMatchObject({
      quotes: ['builds warehouse robots for logistics companies'],
    });
  });

  it('is kept of a text in a script without spaces', () => {
    const text = '東京電機は産業用ロボットとセンサーを製造しています。';
    expect(read({ summary: null, products: ['産業用ロボット'], quotes: [] }, text)).toMatchObject({
      products: ['産業用ロボット'],
    });
  });
});

describe('a value that the text does not bear out', () => {
  it.each([
    ['made up', 'the market leader in robots of all kinds'],
    ['put together from two places', 'builds warehouse robots moves 900 boxes'],
    ['in another spelling', 'Builds Warehouse Robots For Logistics Companies'],
    ['beginning within a word', 'uilds warehouse robots for logistics'],
    ['ending within a word', 'builds warehouse robots for logistic'],
    ['too short to show anything', 'robots for'],
  ])('is dropped as a quote: %s', (_, quote) => {
    expect(read({ quotes: [quote] })).toMatchObject({ quotes: [] });
  });

  it.each(['DroneBot', 'Pallet', 'bots', 'robot'])('is dropped as a product: %s', (product) => {
    expect(read({ products: [product] })).toMatchObject({ products: [] });
  });

  it.each([
    ['a number of its own', 'Acme builds warehouse robots for 5000 logistics companies.'],
    ['part of a number', 'Acme builds warehouse robots that move 90 boxes.'],
    ['a name of its own', 'Acme builds warehouse robots together with Siemens.'],
    ['words of its own', 'An innovative leader delivering outstanding customer experience worldwide.'],
    ['no words to speak of', 'We do it all.'],
    ['more than 300 characters', `Acme builds ${'warehouse robots '.repeat(30)}`],
  ])('is dropped as a summary: %s', (_, summary) => {
    expect(read({ summary })).toMatchObject({ summary: null });
  });

  it('is not said to be known of whom it sells to, where no quote is left to show it', () => {
    expect(read({ quotes: ['invented from beginning to end'], sells_to: 'consumers' })).toMatchObject({
      sells_to: null,
    });
  });

  it('leaves nothing where nothing else is left', () => {
    const invented = JSON.stringify({ summary: null, products: ['X1'], sells_to: 'both', quotes: [] });
    expect(readProfileAnswer(invented, HONEST_TEXT)).toEqual({ kind: 'nothing' });
  });
});

describe('a model that obeys the page', () => {
  it.each(INJECTIONS)('puts nothing into a profile that it must not have: $says', ({ says, obeyed }) => {
    const obedient = {
      summary: obeyed,
      products: [obeyed, ...ANSWER.products],
      quotes: [obeyed, ...ANSWER.quotes],
    };
    for (const text of [
      `${HONEST_TEXT} ${says}`,
      `${says} ${HONEST_TEXT}`,
      `${HONEST_TEXT}\n${says}\n${obeyed}`,
    ]) {
      const profile = read(obedient, text);
      const values = profile === null ? [] : [profile.summary ?? '', ...profile.products, ...profile.quotes];
      expect(values.filter((value) => FORBIDDEN_IN_PROFILES.test(value))).toEqual([]);
    }
  });

  it.each(INJECTIONS)('does not make the rest of the page worthless: $says', ({ says, obeyed }) => {
    const half = {
      summary: obeyed,
      products: [...ANSWER.products, obeyed],
      quotes: [obeyed, ...ANSWER.quotes],
    };
    expect(read(half, `${HONEST_TEXT} ${says}`)).toMatchObject({
      products: ANSWER.products,
      quotes: ANSWER.quotes,
    });
  });
});

describe('an answer that is none', () => {
  it.each([
    ['prose', 'Sure! Acme builds robots.', 'not JSON'],
    ['fenced', '```json\n{"summary":null}\n```', 'not JSON'],
    ['cut off', '{"summary":"Acme bui', 'not JSON'],
    ['empty', '', 'not JSON'],
    ['NaN', '{"summary":NaN}', 'not JSON'],
    ['a list', '[]', 'not as the schema says'],
    ['null', 'null', 'not as the schema says'],
    ['short of a member', '{"summary":null,"products":[],"quotes":[]}', 'not as the schema says'],
    ['of other types', '{"summary":7,"products":"x","sells_to":null,"quotes":[]}', 'not as the schema says'],
    [
      'with a member of its own',
      '{"summary":null,"products":[],"sells_to":null,"quotes":[],"email":"a@b.example"}',
      'not as the schema says',
    ],
    [
      'with __proto__',
      '{"summary":null,"products":[],"sells_to":null,"quotes":[],"__proto__":{"polluted":1}}',
      'not as the schema says',
    ],
    ['deep', '['.repeat(9_000) + ']'.repeat(9_000), 'not as the schema says'],
    ['endless', `"${'x'.repeat(30_000)}"`, 'an answer without end'],
  ])('is told as such, without a word of it: %s', (_, content, detail) => {
    expect(readProfileAnswer(content, HONEST_TEXT)).toEqual({ kind: 'unreadable', detail });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never throws, and never says more than the operation promises', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(...HONEST_TEXT.split(' ')),
    );
    const answer = fc.record({
      summary: fc.option(words),
      products: fc.array(words, { maxLength: 30 }),
      sells_to: fc.option(fc.constantFrom('businesses', 'consumers', 'both')),
      quotes: fc.array(words, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(answer, fc.string({ unit: 'binary', maxLength: 200 }), (any, text) => {
        const reading = readProfileAnswer(JSON.stringify(any), `${HONEST_TEXT}${text}`);
        if (reading.kind === 'profile') expect(() => companyProfileSchema.parse(reading.value)).not.toThrow();
      }),
    );
  });
});
