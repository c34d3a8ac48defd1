import { domainToASCII } from 'node:url';
import type { WebsiteFacts } from '#libs/contracts';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { emailAddresses } from '../text/email-addresses';
import { prose } from '../text/prose';
import type { Vendor, VendorCall } from '../vendor.port';
import { jinaDescriptor, TOKENS_MAX, TOKENS_PER_UNIT } from './jina.descriptor';
import { pageSchema, type ReadPage } from './page.schema';

/** How long the vendor waits for the page, in seconds: less than we wait for the vendor. */
const PAGE_SECONDS = 20;
/** As whom robots.txt is asked: what our own crawler may not read, nobody reads for us. */
const ROBOT_NAME = 'leadgen-orchestrator';
/** Letters that a host name may have, of any alphabet. */
const NAME_LETTERS = /^[\p{L}\p{M}\p{N}.-]+$/u;
const HOST_NAME = /^(?=.{4,253}$)(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/;
/** "Target URL returned error 404: Not Found". */
const PAGE_WAS_AN_ERROR = /returned error [45]\d\d/i;
const TEXT_LENGTH_MAX = 500_000;
const EMAILS_MAX = 10;

const readHomePage = jsonCall(jinaDescriptor, 'crawl_website', {
  request: ({ domain }, { apiKey, deadlineMs }) => ({
    method: 'GET',
    path: `/https://${hostName(domain) ?? ''}/`,
    headers: {
      authorization: `Bearer ${apiKey ?? ''}`,
      'x-return-format': 'text',
      'x-robots-txt': ROBOT_NAME,
      'x-timeout': String(PAGE_SECONDS),
      'x-token-budget': String(TOKENS_MAX),
    },
    headersMs: deadlineMs,
  }),
  schema: pageSchema,
  read: ({ data }, { input }) => {
    const units = unitsOf(data);
    const facts = PAGE_WAS_AN_ERROR.test(data.warning ?? '') ? null : websiteFacts(data, input.domain);
    return facts === null ? { kind: 'empty', units } : { kind: 'ok', value: facts, units };
  },
});

/** A text that is no host name names no website, and is not sent. */
const crawlWebsite: VendorCall<'crawl_website'> = async (input, context) =>
  hostName(input.domain) === null ? { kind: 'empty', units: 0 } : readHomePage(input, context);

/** A company's home page, read by a browser of the vendor's: for sites that say nothing to a plain crawler. */
export const jinaVendor: Vendor = { descriptor: jinaDescriptor, calls: { crawl_website: crawlWebsite } };

function hostName(domain: string): string | null {
  const ascii = NAME_LETTERS.test(domain) ? domainToASCII(domain) : '';
  return HOST_NAME.test(ascii) ? ascii : null;
}

/** Tokens of the answer, by the thousand begun. */
function unitsOf(page: ReadPage): number {
  // Not told: no token is shorter than a character.
  const tokens = page.usage?.tokens ?? textOf(page).length;
  return Math.min(Math.ceil(tokens / TOKENS_PER_UNIT), TOKENS_MAX / TOKENS_PER_UNIT);
}

function textOf({ text, content }: ReadPage): string {
  return text ?? content ?? '';
}

/** Null where the page says nothing. Only what stands in its text; a page read as text has no links to look at. */
function websiteFacts(page: ReadPage, domain: string): WebsiteFacts | null {
  const text = textOf(page).slice(0, TEXT_LENGTH_MAX);
  const facts = {
    title: plainText(page.title, 150),
    description: plainText(page.description, 300),
    emails: ownFirst(emailAddresses(text), domain).slice(0, EMAILS_MAX),
    excerpt: plainText(prose(text), 800),
  };
  const saysNothing =
    facts.title === null && facts.description === null && facts.excerpt === null && facts.emails.length === 0;
  if (saysNothing) return null;
  return { url: addressOf(page, domain), ...facts, phones: [], socials: [], technologies: [] };
}

/** Whole labels: `notacme.com` is not of `acme.com`. */
function ownFirst(emails: readonly string[], domain: string): string[] {
  const rank = (email: string): number => (`.${email.split('@')[1] ?? ''}.`.includes(`.${domain}.`) ? 0 : 1);
  return [...emails].sort((a, b) => rank(a) - rank(b));
}

function addressOf({ url }: ReadPage, domain: string): string {
  const parsed = url && URL.canParse(url) ? new URL(url) : null;
  const isWeb = parsed !== null && ['http:', 'https:'].includes(parsed.protocol);
  const address = isWeb ? `${parsed.origin}${parsed.pathname}` : '';
  return address !== '' && address.length <= 200 ? address : `https://${hostName(domain) ?? domain}/`;
}
