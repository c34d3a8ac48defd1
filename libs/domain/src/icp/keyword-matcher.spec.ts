import { createKeywordMatcher } from './keyword-matcher';

describe('keywords', () => {
  it.each([
    ['a whole word', ['art'], 'Art & Design', ['art']],
    ['no part of a word', ['art'], 'Party supplies, smart ideas', []],
    ['any case', ['SaaS'], 'We sell saas.', ['SaaS']],
    ['any accents', ['cafe'], 'Un CAFÉ à Paris', ['cafe']],
    ['accents the other way round', ['Café'], 'the cafe', ['Café']],
    ['a phrase over a line break', ['data  analytics'], 'data\n analytics', ['data  analytics']],
    [
      'a word and a phrase that holds it',
      ['data', 'data analytics'],
      'data analytics',
      ['data', 'data analytics'],
    ],
    ['several, each once', ['ai', 'cloud'], 'Cloud AI for the cloud', ['ai', 'cloud']],
    ['signs as signs', ['c++', '.net'], 'C++ and .NET shops', ['c++', '.net']],
    ['no digits around', ['365'], 'Office 3650', []],
    ['beside punctuation', ['b2b'], '(B2B)-services', ['b2b']],
    ['words of scripts without spaces', ['分析'], '数据分析平台', ['分析']],
    ['letters beyond ASCII as letters', ['bau'], 'Bauühe', []],
    ['pattern characters as text', ['a.b', '(x'], 'aXb (x', ['(x']],
  ])('match %s', (_what, words, text, expected) => {
    expect(createKeywordMatcher(words).find(text)).toEqual(expected);
  });

  it('take linear time on a megabyte made to provoke backtracking', () => {
    const matcher = createKeywordMatcher(['aa ab', 'a a a a b', 'aaaaab']);
    const startMs = performance.now();
    expect(matcher.find('a '.repeat(250_000) + ' '.repeat(250_000) + 'a'.repeat(250_000))).toEqual([]);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});
