import { socialLink } from './social-links';

describe('a link to a profile', () => {
  it.each([
    ['https://www.linkedin.com/company/acme/', 'https://linkedin.com/company/acme'],
    ['http://de.linkedin.com/company/acme?trk=x#y', 'https://linkedin.com/company/acme'],
    ['https://twitter.com/acme', 'https://twitter.com/acme'],
    ['https://x.com/acme', 'https://x.com/acme'],
    ['https://m.facebook.com/acme', 'https://facebook.com/acme'],
    ['https://de-de.facebook.com/acme', 'https://facebook.com/acme'],
    ['https://www.youtube.com/@acme', 'https://youtube.com/@acme'],
    ['HTTPS://GitHub.com/Acme', 'https://github.com/Acme'],
  ])('%s is %s', (href, link) => {
    expect(socialLink(href)).toBe(link);
  });

  it.each([
    '',
    '#',
    '/company/acme',
    'mailto:a@linkedin.com',
    'javascript:open("https://x.com/acme")',
    'https://acme.example/linkedin.com/company',
    'https://linkedin.com',
    'https://www.linkedin.com/',
    'https://notlinkedin.com/company/acme',
    'https://linkedin.com.evil.example/company/acme',
    'https://www.facebook.com/sharer/sharer.php?u=x',
    'https://twitter.com/intent/tweet?text=x',
    'https://twitter.com/share',
    'https://www.linkedin.com/login',
    'https://www.youtube.com/watch?v=x',
    'https://x.com/home',
    `https://x.com/${'a'.repeat(200)}`,
  ])('%s is none', (href) => {
    expect(socialLink(href)).toBeNull();
  });
});
