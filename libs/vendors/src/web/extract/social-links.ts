/** Hosts of company pages. */
const NETWORKS = [
  'linkedin.com',
  'twitter.com',
  'x.com',
  'facebook.com',
  'instagram.com',
  'youtube.com',
  'github.com',
  'tiktok.com',
  'xing.com',
  'crunchbase.com',
];
/** Buttons that share the page, and pages of the networks themselves. */
const NOT_A_PROFILE =
  /^\/(share|sharer|sharing|intent|home|login|signup|privacy|policies|legal|plugins|dialog|watch|hashtag)\b/i;
const LENGTH_MAX = 150;
/** As written, with whatever is tracked behind it. */
const WRITTEN_LENGTH_MAX = 2_000;

/** A link's address in one spelling, if it leads to a profile on a social network; else null. */
export function socialLink(href: string): string | null {
  const url = href.length <= WRITTEN_LENGTH_MAX && URL.canParse(href) ? new URL(href) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return null;
  const host = url.hostname.replace(/^(www|m|mobile|[a-z]{2}-[a-z]{2}|[a-z]{2})\./, '');
  if (!NETWORKS.includes(host)) return null;
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '' || NOT_A_PROFILE.test(path)) return null;
  const link = `https://${host}${path}`;
  return link.length <= LENGTH_MAX ? link : null;
}
