import { FORBIDDEN_ADDRESSES, FORBIDDEN_URLS, PUBLIC_ADDRESSES } from '../../../test/forbidden-targets';
import { homePage, isCrawlable } from './crawlable-url';
import { isPublicAddress, isPublicHost } from './public-address';

describe('addresses', () => {
  it.each(FORBIDDEN_ADDRESSES)('%s is not the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(PUBLIC_ADDRESSES)('%s is the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(isPublicHost(address.includes(':') ? `[${address}]` : address)).toBe(true);
  });

  it.each(['', 'example.com', '1.2.3', '1.2.3.4.5', '01.02.03.04', '::g', '1.1.1.1 '])(
    '%j is no address',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});

describe('URLs', () => {
  it('are tried in more than a hundred forbidden spellings', () => {
    expect(FORBIDDEN_URLS.length + FORBIDDEN_ADDRESSES.length).toBeGreaterThan(100);
  });

  it.each(FORBIDDEN_URLS)('%s is not crawled', (text) => {
    expect(URL.canParse(text) && isCrawlable(new URL(text))).toBe(false);
  });

  it.each([
    'http://example.com/',
    'https://example.com/a?b#c',
    'http://example.com:80/',
    'https://example.com:443/',
    'https://xn--mnchen-3ya.de/',
    'http://1.1.1.1/',
    'http://example.com./',
  ])('%s is crawled', (text) => {
    expect(isCrawlable(new URL(text))).toBe(true);
  });
});

describe('the home page of a domain', () => {
  it.each([
    ['example.com', 'https://example.com/'],
    ['Example.COM', 'https://example.com/'],
    ['münchen.de', 'https://xn--mnchen-3ya.de/'],
    ['xn--mnchen-3ya.de', 'https://xn--mnchen-3ya.de/'],
  ])('%s is %s', (domain, home) => {
    expect(homePage('https:', domain)?.href).toBe(home);
  });

  it.each([
    '',
    ' ',
    'example',
    'example.com/path',
    'example.com:8080',
    'user@example.com',
    'example.com?x',
    'example.com#x',
    'example.com\\x',
    '//evil.com',
    'exa mple.com',
    'localhost',
    '127.0.0.1',
    '0x7f.1',
    '134744072',
    '[::1]',
    'a'.repeat(300) + '.com',
    'ｌｏｃａｌｈｏｓｔ',
    '１２７.０.０.１',
    'exam%70le.com',
    'exa\tmple.com',
  ])('there is none for %j', (domain) => {
    expect(homePage('https:', domain)).toBeNull();
  });
});
