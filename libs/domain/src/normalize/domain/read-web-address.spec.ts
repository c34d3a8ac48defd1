import fc from 'fast-check';
import { normalizeDomain, readWebAddress } from './read-web-address';

describe('the domain of a company', () => {
  it.each([
    ['https://www.talkable.com', 'talkable.com'],
    ['HTTP://Acme.COM:8080/path?x=1#y', 'acme.com'],
    ['acme.co.uk', 'acme.co.uk'],
    ['https%3A%2F%2Fwww.acme.com%2Fx', 'acme.com'],
    ['https://www.acme.com%20', 'acme.com'],
    ['http://eu.shop.acme.com.au/', 'acme.com.au'],
    ['http//acme.com', 'acme.com'],
    ['htp://acme.com', 'acme.com'],
    ['https:/acme.com', 'acme.com'],
    ['http;//acme.org', 'acme.org'],
    ['http:\\\\acme.com', 'acme.com'],
    ['http://http://acme.com', 'acme.com'],
    ['//acme.org/x', 'acme.org'],
    ['ftp://acme.net/x', 'acme.net'],
    ['https://user:secret@acme.com/', 'acme.com'],
    ['www.acme.com.', 'acme.com'],
    ['www2.acme.com', 'acme.com'],
    ['  "acme.com"  ', 'acme.com'],
    ['[Acme](https://acme.com)', 'acme.com'],
    ['<a href="https://www.acme.co.uk/x">Acme</a>', 'acme.co.uk'],
    ['www.acme.com (old site)', 'acme.com'],
    ['acme.com, acme.de', 'acme.com'],
    ['facebook.com/acme; acme.de', 'acme.de'],
    ['info@acme.com', 'acme.com'],
    ['mailto:hi@mail.acme.io', 'acme.io'],
    ['joe@gmail.com, joe@acme.com', 'acme.com'],
    ['München.de', 'xn--mnchen-3ya.de'],
    ['https://例え.jp/', 'xn--r8jz45g.jp'],
    ['acme。com', 'acme.com'],
    ['acme.uk.com', 'acme.uk.com'],
    ['http://bu.mp', 'bu.mp'],
    ['booking.com', 'booking.com'],
    ['acme.example', 'acme.example'],
  ])('%j is %s', (text, domain) => {
    expect(readWebAddress(text)).toEqual({ domain, social: null });
  });

  it.each([
    '',
    ' ',
    'N/A',
    '-',
    'none',
    'http://',
    'https://www.',
    'www',
    'acme',
    'www.acme',
    'localhost:3000',
    'http://127.0.0.1/',
    '192.168.0.1',
    'http://[2001:db8::1]/',
    'acme.notatld',
    'acme.local',
    'acme..com',
    '-acme.com',
    'co.uk',
    'Acme Inc.',
    'coming soon...',
    'https://bit.ly/acme',
    'https://t.co/x',
    'joe@gmail.com',
    'joe@hotmail.co.uk',
    'joe@web.de',
    'gmail.com',
    'logo.png',
    '3.5',
    'foo_bar.com',
  ])('%j has none', (text) => {
    expect(readWebAddress(text)).toEqual({ domain: null, social: null });
  });

  it.each([
    'facebook.com',
    'https://www.facebook.com/',
    'https://about.facebook.com/company',
    'twitter.com',
    'https://www.linkedin.com',
    'github.com',
    'wordpress.com',
    'https://www.shopify.com/',
    'tumblr.com',
    'https://www.google.com/about',
    'apple.com',
    'amazon.com',
    'amazon.de',
    'yahoo.com',
    'yelp.com',
    'medium.com',
    'weebly.com',
  ])('the platform itself owns its bare root: %s', (text) => {
    const { domain, social } = readWebAddress(text);
    expect(domain).toBe(text.replace(/^https:\/\/(?:www\.|about\.)?/, '').replace(/\/.*$/, ''));
    expect(social).toBeNull();
  });

  it.each([
    ['http://www.facebook.com/PitbullTurkishPage4', 'https://facebook.com/PitbullTurkishPage4'],
    ['https://m.facebook.com/acme/?ref=page', 'https://facebook.com/acme'],
    ['https://fb.com/acme', 'https://facebook.com/acme'],
    ['https://acme.odoo.com/shop', 'https://acme.odoo.com'],
    ['facebook.com/profile.php?id=100&sk=about', 'https://facebook.com/profile.php?id=100'],
    ['https://twitter.com/nowbox', 'https://twitter.com/nowbox'],
    ['de.linkedin.com/company/acme?trk=x', 'https://linkedin.com/company/acme'],
    ['crunchbase.com/organization/acme', 'https://crunchbase.com/organization/acme'],
    ['https://angel.co/acme', 'https://angel.co/acme'],
    ['github.com/acme', 'https://github.com/acme'],
    ['medium.com/@acme', 'https://medium.com/@acme'],
    ['acme.medium.com', 'https://acme.medium.com'],
    ['http://acme.myshopify.com/products', 'https://acme.myshopify.com'],
    ['acme.wordpress.com', 'https://acme.wordpress.com'],
    ['acme.blogspot.de', 'https://acme.blogspot.de'],
    ['acme.tumblr.com/archive', 'https://acme.tumblr.com'],
    ['acme.github.io', 'https://acme.github.io'],
    ['acme.herokuapp.com', 'https://acme.herokuapp.com'],
    ['user.wixsite.com/acme/contact', 'https://user.wixsite.com/acme'],
    ['https://sites.google.com/site/acme/', 'https://sites.google.com/site/acme'],
    ['https://www.google.com/maps/place/Acme', 'https://google.com/maps/place/Acme'],
    [
      'https://play.google.com/store/apps/details?id=com.acme&hl=en',
      'https://play.google.com/store/apps/details?id=com.acme',
    ],
    ['https://itunes.apple.com/us/app/acme/id123?mt=8', 'https://itunes.apple.com/us/app/acme/id123'],
    ['linktr.ee/acme', 'https://linktr.ee/acme'],
    ['https://www.etsy.com/shop/Acme', 'https://etsy.com/shop/Acme'],
    ['https://www.amazon.co.uk/shops/acme', 'https://amazon.co.uk/shops/acme'],
    ['acme.notion.site', 'https://acme.notion.site'],
  ])('%s is a page on a platform, not a domain', (text, social) => {
    expect(readWebAddress(text)).toEqual({ domain: null, social });
  });

  it.each([
    'https://www.linkedin.com/in/joe-doe',
    'https://www.linkedin.com/sales/lead/ACwAAA,NAME_SEARCH',
    'https://g.page/acme',
    'https://twitter.com/share?url=x',
    'https://www.google.com/search?q=acme',
  ])('%s is nobody’s page', (text) => {
    expect(readWebAddress(text)).toEqual({ domain: null, social: null });
  });

  const addressLike = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.emailAddress(),
    fc
      .tuple(
        fc.constantFrom('http://', 'www.', '', 'htp//', '[x](', '<'),
        fc.domain(),
        fc.constantFrom('', '/a', ':80', '.', ')'),
      )
      .map((parts) => parts.join('')),
  );

  it('is canonical: reading it again changes nothing, whatever the cell held', () => {
    fc.assert(
      fc.property(addressLike, (text) => {
        const { domain, social } = readWebAddress(text);
        expect(domain === null || social === null).toBe(true);
        if (domain !== null) expect(normalizeDomain(domain)).toBe(domain);
        if (social !== null) expect(readWebAddress(social)).toEqual({ domain: null, social });
      }),
      { numRuns: 300 },
    );
  });
});
