import {
  FOREIGN_SUBDOMAINS,
  HOSTING_NAMES,
  HOSTING_PLATFORMS,
  OWN_PATHS,
  OWN_SUBDOMAINS,
  PAGE_NAMES,
  PAGE_PLATFORMS,
} from './platforms';

/** An address whose host is known to be well-formed. */
export interface Address {
  /** Lower case, punycode, without `www.`. */
  host: string;
  /** Registrable domain by the ICANN section of the public suffix list. */
  registrable: string;
  /** From `/`, `?` or `#` on, as written. */
  path: string;
  /** The suffix under which the host lends subdomains, by the list's private section. */
  hostedUnder: string | null;
}

/**
 * Null if the address is on the company's own domain, a platform's own pages included. Else its canonical address on the
 * platform: `https`, no `www.` or language subdomain, no query, no trailing slash; `social: null` where it is nobody's page
 * (a search, a share button, a person's profile).
 */
export function socialPage(address: Address): { social: string | null } | null {
  const { host, registrable, hostedUnder } = address;
  const name = registrable.slice(0, registrable.indexOf('.'));
  const subdomain = host.slice(0, Math.max(0, host.length - registrable.length - 1));
  if (name === 'google' || registrable === 'apple.com') return bigHousePage(address, subdomain);
  if (PAGE_PLATFORMS.has(registrable) || PAGE_NAMES.has(name)) return ownerPage(address, subdomain);
  const hosting =
    (hostedUnder !== null && host !== hostedUnder) ||
    HOSTING_PLATFORMS.has(registrable) ||
    HOSTING_NAMES.has(name);
  return hosting ? hostedPage(address, subdomain) : null;
}

/** `facebook.com/acme`, `acme.etsy.com`. */
function ownerPage(
  { host, registrable, path }: Address,
  subdomain: string,
): { social: string | null } | null {
  const segments = pathSegments(path);
  if (segments.length === 0) {
    // `acme.etsy.com` and `acme.medium.com` are somebody's, `m.facebook.com` and `de.linkedin.com` are the platform's.
    const lent = SUBDOMAINS_LENT.has(registrable) && !OWN_SUBDOMAINS.has(subdomain) && subdomain.length > 3;
    return lent ? { social: `https://${host}` } : null;
  }
  if (segments.length === 1 && OWN_PATHS.has(segments[0]?.toLowerCase() ?? '')) return null;
  if (OWN_SUBDOMAINS.has(subdomain) && subdomain.length > 3) return null;
  if (isNobodysPage(registrable, segments)) return { social: null };
  const kept =
    SUBDOMAINS_LENT.has(registrable) && subdomain.length > 3
      ? host
      : (ALSO_CALLED[registrable] ?? registrable);
  return { social: `https://${kept}/${segments.join('/')}${tellingQuery(path)}` };
}

/** Short domains under which the same pages are found. */
const ALSO_CALLED: Readonly<Record<string, string>> = { 'fb.com': 'facebook.com' };

const SUBDOMAINS_LENT = new Set([
  'etsy.com',
  'medium.com',
  'bandcamp.com',
  'gumroad.com',
  'wikipedia.org',
  'dribbble.com',
  'deviantart.com',
]);

/** First segments of a path that leads to a person, a search or a button. */
const NOBODYS: Readonly<Record<string, ReadonlySet<string>>> = {
  'linkedin.com': new Set(
    'in pub profile search feed sharearticle sharing sales recruiter talent jobs posts pulse groups events learning'.split(
      ' ',
    ),
  ),
  'twitter.com': new Set(['share', 'intent', 'search', 'hashtag', 'i']),
  'x.com': new Set(['share', 'intent', 'search', 'hashtag', 'i']),
  'facebook.com': new Set([
    'sharer',
    'sharer.php',
    'share.php',
    'search',
    'dialog',
    'hashtag',
    'plugins',
    'tr',
  ]),
  'instagram.com': new Set(['p', 'explore', 'reel']),
};

function isNobodysPage(registrable: string, segments: readonly string[]): boolean {
  return NOBODYS[registrable]?.has(segments[0]?.toLowerCase() ?? '') ?? false;
}

/** Google and Apple: most of their subdomains are their own, on some live other people's things. */
function bigHousePage({ host, path }: Address, subdomain: string): { social: string | null } | null {
  const segments = pathSegments(path);
  const isMap = subdomain === '' && segments[0] === 'maps';
  if (subdomain === '' && segments[0] === 'search') return { social: null };
  if (!isMap && !FOREIGN_SUBDOMAINS.has(subdomain)) return null;
  if (segments.length === 0) return null;
  return { social: `https://${host}/${segments.join('/')}${tellingQuery(path)}` };
}

/** `acme.wordpress.com`, `acme.github.io`. */
function hostedPage(
  { host, registrable, path, hostedUnder }: Address,
  subdomain: string,
): { social: string | null } | null {
  const lentName = hostedUnder === null ? subdomain : host.slice(0, host.length - hostedUnder.length - 1);
  if (lentName === '') {
    // Folders of a host that lends subdomains: somebody's site, unless it is a page of the host's own.
    const segments = pathSegments(path);
    const own = segments.length === 0 || segments.some((segment) => OWN_PATHS.has(segment.toLowerCase()));
    return own || !FOLDERS_LENT.has(registrable) ? null : { social: `https://${host}/${segments.join('/')}` };
  }
  if (OWN_SUBDOMAINS.has(lentName)) return null;
  // A free site builder puts the site into a folder of its user's subdomain.
  const [folder] = registrable === 'wixsite.com' ? pathSegments(path) : [];
  return { social: folder === undefined ? `https://${host}` : `https://${host}/${folder}` };
}

const FOLDERS_LENT = new Set([
  'wix.com',
  'angelfire.com',
  'geocities.com',
  'carrd.co',
  'lever.co',
  'greenhouse.io',
  'shop.app',
]);

function pathSegments(path: string): string[] {
  const end = path.search(/[?#]/);
  return (end === -1 ? path : path.slice(0, end))
    .split(/[/\\]+/)
    .filter((segment) => segment !== '' && segment !== '.');
}

const TELLING_PAGES = /\/(?:profile\.php|watch|details|playlist|maps)\/?\?/i;

/** The part of a query without which the page is another one: an app's id, a profile's number, a video. */
function tellingQuery(path: string): string {
  if (!TELLING_PAGES.test(path)) return '';
  const found = /[?&](id|v|list|cid)=([A-Za-z0-9._-]{1,100})/.exec(path.slice(0, 500));
  return found === null ? '' : `?${found[1] ?? ''}=${found[2] ?? ''}`;
}
