import fc from 'fast-check';
import { signalsFoundSchema } from '#libs/contracts';
import { signalKind } from './signal-kind';
import { signalsInArticles, type Article } from './signals-in-articles';

const ACME = { name: 'Acme Robotics GmbH', domain: 'acme-robotics.example' };

function article(more: Partial<Article> = {}): Article {
  return {
    title: 'Acme Robotics in the news',
    url: 'https://news.example/1',
    excerpt: null,
    published: null,
    ...more,
  };
}

describe('the kind of a headline', () => {
  it.each([
    ['Acme raises $30M Series B to expand and hire', 'funding'],
    ['ACME RAISED NEW MONEY', 'funding'],
    ['Acme appoints Ada Example as CTO', 'hiring'],
    ['Acme is hiring 50 engineers', 'hiring'],
    ['Acme opens new office in Berlin', 'expansion'],
    ['Acme acquires Bolt', 'expansion'],
    ['Acme launches a robot', 'product'],
    ['Acme unveiled version 2', 'product'],
    ['Why we like Acme', 'news'],
    ['Higher education praises Acme', 'news'],
  ])('%j is %s', (title, kind) => {
    expect(signalKind(title)).toBe(kind);
  });
});

describe('signals in search results', () => {
  it('are at most five, in the order found', () => {
    const many = Array.from({ length: 9 }, (_, i) =>
      article({ title: `Acme Robotics ${i}`, url: `https://news.example/${i}` }),
    );
    expect(signalsInArticles(many, ACME).map(({ title }) => title)).toEqual(
      [0, 1, 2, 3, 4].map((i) => `Acme Robotics ${i}`),
    );
  });

  it.each([
    ['a script', { url: 'javascript:alert(1)' }],
    ['a file', { url: 'file:///etc/passwd' }],
    ['an address with a user', { url: 'https://user:secret@news.example/' }],
    ['no address', { url: 'news' }],
    ['an endless address', { url: `https://news.example/${'x'.repeat(600)}` }],
    ['no title', { title: null }],
  ])('are none where the result is %s', (_, more) => {
    expect(signalsInArticles([article(more)], ACME)).toEqual([]);
  });

  it.each([
    ['in another spelling of its name', { title: 'ACME ROBOTICS wins' }, true],
    ['in the excerpt only', { title: 'A good year', excerpt: 'For Acme Robotics, too.' }, true],
    ['by its domain', { title: 'A good year', excerpt: 'See www.acme-robotics.example.' }, true],
    ['by half of its name only', { title: 'Acme wins' }, false],
    ['as part of another name', { title: 'Pacme Robotics wins' }, false],
    ['not at all', { title: 'A good year' }, false],
  ])('count where the company is named %s', (_, more, isFound) => {
    expect(signalsInArticles([article(more)], ACME)).toHaveLength(isFound ? 1 : 0);
  });

  it('are found for a name without spaces between words', () => {
    const found = signalsInArticles([article({ title: '東京電機が新製品を発売' })], {
      name: '東京電機株式会社',
      domain: 'td.example',
    });
    expect(found).toHaveLength(1);
  });

  it('are told once, whatever the fragment of the address', () => {
    const twice = [
      article(),
      article({ url: 'https://news.example/1#more', title: 'Acme Robotics, again' }),
      article({ url: 'https://other.example/' }),
    ];
    expect(signalsInArticles(twice, ACME)).toHaveLength(1);
  });

  it.each([
    ['2026-02-03T04:05:06Z', '2026-02-03'],
    ['2026-02-03', '2026-02-03'],
    ['Tue, 03 Feb 2026 04:05:06 GMT', '2026-02-03'],
    ['lately', null],
    ['2026-99-99', null],
    [null, null],
  ])('of %j are dated %j', (published, date) => {
    expect(signalsInArticles([article({ published })], ACME)).toMatchObject([{ date }]);
  });

  it('are what the operation promises, whatever a vendor sends', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 300 }));
    const any = fc.record({
      title: text,
      url: fc.oneof(fc.webUrl(), fc.string()),
      excerpt: text,
      published: text,
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (articles) => {
        const about = articles.map((one) => ({ ...one, excerpt: 'acme-robotics.example' }));
        expect(() => signalsFoundSchema.parse({ signals: signalsInArticles(about, ACME) })).not.toThrow();
      }),
    );
  });
});
