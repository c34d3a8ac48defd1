import type { PageLink } from './page-content';

/** What pages that tell how to get in touch are called, best first; looked for in a link's path and text. */
const CONTACT_WORDS: readonly RegExp[] = [
  /contact|kontakt|contacto|contatti|contato/i,
  /impressum|imprint|legal-notice|mentions-legales/i,
  /about|ueber-uns|über uns|a-propos|quienes-somos|chi-siamo/i,
];
const PATH_LENGTH_MAX = 200;
const WRITTEN_LENGTH_MAX = 2_000;

/** The page of the same host most likely to say how to get in touch, or null where none is linked. */
export function contactPage(links: readonly PageLink[], home: URL): URL | null {
  const candidates = links.flatMap(({ href, text }) => {
    const isShort = href.length <= WRITTEN_LENGTH_MAX;
    const url = isShort && URL.canParse(href, home.href) ? new URL(href, home) : null;
    if (url?.origin !== home.origin || url.pathname === home.pathname) return [];
    const path = `${url.pathname}${url.search}`;
    if (path.length > PATH_LENGTH_MAX) return [];
    const rank = CONTACT_WORDS.findIndex((word) => word.test(path) || word.test(text));
    return rank === -1 ? [] : [{ url, rank }];
  });
  const [first, ...others] = candidates;
  if (!first) return null;
  const { url } = others.reduce((best, other) => (other.rank < best.rank ? other : best), first);
  url.hash = '';
  return url;
}
