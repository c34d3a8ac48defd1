import type { WebsiteFacts } from '#libs/contracts';
import { plainText } from '../../http/plain-text';
import { emailAddresses } from '../../text/email-addresses';
import { prose } from '../../text/prose';
import { canonicalNumber, phoneNumbers } from './phone-numbers';
import type { PageContent } from './page-content';
import { socialLink } from './social-links';
import { technologies } from './technologies';

const TITLE_LENGTH_MAX = 150;
const DESCRIPTION_LENGTH_MAX = 300;
const URL_LENGTH_MAX = 200;
const EXCERPT_LENGTH_MAX = 800;
/** The bounds of the operation's output. */
const MOST = { emails: 10, phones: 5, socials: 10, technologies: 20 };

/** The facts on one page. Every address and number stands on the page itself; the company's own addresses come first. */
export function websiteFacts(url: URL, page: PageContent, domain: string): WebsiteFacts {
  const { meta, text, links } = page;
  const schemes = (scheme: string): string[] =>
    links
      .filter(({ href }) => href.slice(0, scheme.length).toLowerCase() === scheme)
      .map(({ href }) => unescaped(href.slice(scheme.length)));
  const mailto = schemes('mailto:').map((target) => target.split('?', 1)[0] ?? '');
  // Whole labels: `notacme.com` is not of `acme.com`.
  const own = (email: string): number => (`.${email.split('@')[1] ?? ''}.`.includes(`.${domain}.`) ? 0 : 1);
  const address = `${url.origin}${url.pathname}`;
  return {
    url: address.length <= URL_LENGTH_MAX ? address : url.origin,
    title: plainText(page.title || meta.get('og:site_name') || meta.get('og:title'), TITLE_LENGTH_MAX),
    description: plainText(meta.get('description') || meta.get('og:description'), DESCRIPTION_LENGTH_MAX),
    emails: distinct(emailAddresses([...mailto, text].join('\n')), MOST.emails, own),
    phones: distinct([...schemes('tel:').map(canonicalNumber), ...phoneNumbers(text)], MOST.phones),
    socials: distinct(
      links.map(({ href }) => socialLink(href)),
      MOST.socials,
    ),
    technologies: technologies(page).slice(0, MOST.technologies),
    excerpt: plainText(prose(text), EXCERPT_LENGTH_MAX),
  };
}

/** The facts of a home page, completed by those of another page of the site. */
export function joinFacts(home: WebsiteFacts, other: WebsiteFacts): WebsiteFacts {
  return {
    ...home,
    description: home.description ?? other.description,
    excerpt: home.excerpt ?? other.excerpt,
    emails: distinct([...home.emails, ...other.emails], MOST.emails),
    phones: distinct([...home.phones, ...other.phones], MOST.phones),
    socials: distinct([...home.socials, ...other.socials], MOST.socials),
    technologies: distinct([...home.technologies, ...other.technologies], MOST.technologies),
  };
}

function distinct(
  values: readonly (string | null)[],
  most: number,
  rank = (_: string): number => 0,
): string[] {
  const known = values.filter((value) => value !== null);
  return [...new Set(known)].sort((a, b) => rank(a) - rank(b)).slice(0, most);
}

/** Percent-decoded; as written where that is not possible. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}
