import type { SeededRandom } from './seeded-random';

/** A domain, as Unicode if it has other letters than ASCII's, as people write it into a column of websites. */
export function spelledWebsite(domain: string, random: SeededRandom): string {
  if (random.chance(0.08)) return random.pick(ODD_WEBSITES)(domain);
  const path = random.pick(['', '', '/', '/en', '/about-us?utm_source=list&x=1', '/#team', '/index.html']);
  const host = random.pick([domain, `www.${domain}`, `www.${domain}`, domain.toUpperCase(), `WWW.${domain}`]);
  const scheme = random.pick(['', '', 'http://', 'https://', 'https://', 'HTTP://', '//']);
  const port = random.chance(0.03) ? ':8080' : '';
  const website = `${scheme}${host}${port}${path}`;
  return random.chance(0.05) ? ` ${website} ` : website;
}

const ODD_WEBSITES = [
  (domain: string) => `info@${domain}`,
  (domain: string) => `https://shop.${domain}/cart`,
  (domain: string) => `www.${domain}, https://facebook.com/somebody`,
  (domain: string) => `<https://${domain}>`,
  (domain: string) => `htp://${domain}`,
  (domain: string) => `http:/${domain}/`,
  (domain: string) => `http://http://${domain}`,
  (domain: string) => `${domain}.`,
  (domain: string) => `[${domain}](https://${domain})`,
];

const PLATFORMS = [
  (slug: string) => `https://www.facebook.com/${slug}`,
  (slug: string) => `https://twitter.com/${slug}`,
  (slug: string) => `https://www.linkedin.com/company/${slug}`,
  (slug: string) => `https://www.instagram.com/${slug}`,
];

/** A page on a platform that is not the company's own domain; the same for the same company. */
export function platformPage(slug: string, index: number): string {
  const page = PLATFORMS[index % PLATFORMS.length];
  return page?.(slug) ?? slug;
}

/** Other spellings of the same page. */
export function spelledPage(page: string, random: SeededRandom): string {
  return random.pick([
    page,
    page,
    `${page}/`,
    page.replace('https://', 'http://'),
    page.replace('https://www.', ''),
  ]);
}
