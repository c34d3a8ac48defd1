import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { isMailbox, isMailboxOnly } from './mailbox-domains';
import { socialPage } from './platform-page';
import { isShortener } from './platforms';
import { isHostedSuffix } from './registry-suffixes';

/** What a cell with web addresses says: the company's own domain, or else its page on somebody else's. */
export interface WebAddress {
  /** Registrable domain, lower case, IDN in punycode. */
  domain: string | null;
  /** `https://` address of a page on a platform. Null where `domain` is known. */
  social: string | null;
}

/** Longer cells are no address; what an address needs is in front. */
const LENGTH_MAX = 2_000;
const ADDRESSES_MAX = 20;
const NONE: WebAddress = { domain: null, social: null };

/**
 * Reads an address as people write it: with or without scheme (also `htp://`, `http//`, `https:/`), credentials, port,
 * path, brackets or Markdown around it, several in one cell. The first own domain wins, then the first platform page.
 * An e-mail address stands for its domain unless that is a mailbox provider's. Never throws.
 */
export function readWebAddress(text: string): WebAddress {
  const trimmed = text.slice(0, LENGTH_MAX).trim();
  if (!trimmed.includes('.') && !DOT_LIKE.test(trimmed)) return NONE;
  let social: string | null = null;
  for (const token of addressTokens(trimmed)) {
    const found = readToken(token);
    if (found.domain !== null) return found;
    social ??= found.social;
  }
  return social === null ? NONE : { domain: null, social };
}

/** The registrable domain of a company's own site, or null: see `readWebAddress`. */
export function normalizeDomain(text: string): string | null {
  return readWebAddress(text).domain;
}

/** Full stops of other scripts and of full-width input. */
const DOT_LIKE = /[。．｡]/;
const DOTS_LIKE = /[。．｡]/g;
const AROUND = /[\s,;|<>()[\]{}"'`“”„‘’«»*]+/;

function addressTokens(text: string): string[] {
  if (!AROUND.test(text) && !DOT_LIKE.test(text)) return [text];
  return text
    .replace(DOTS_LIKE, '.')
    .split(AROUND)
    .filter((token) => token.includes('.'))
    .slice(0, ADDRESSES_MAX);
}

/** A scheme and the ways to misspell `http`; repeated where somebody pasted an address behind a prefilled `http://`. */
const SCHEME =
  /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|h{0,2}t{1,3}p{1,2}s?[:;.]{0,2}[/\\]+|h?xx?ps?[:;]?[/\\]+|https?:|url[:=]|website:|web:|www:|\/\/)/i;
const SCHEMES_MAX = 4;

function readToken(token: string): WebAddress {
  const rest = withoutScheme(token);
  const end = rest.search(/[/?#\\]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  if (authority.includes('%')) return ofEncoded(token);
  const at = authority.lastIndexOf('@');
  const host = toHost(authority.slice(at + 1));
  if (host === null) return NONE;
  // With a scheme or a password, what stands before the `@` is a login and not a mailbox.
  const isMail = at > 0 && rest === token.replace(/^mailto:/i, '') && !authority.slice(0, at).includes(':');
  return isMail ? mailDomain(host) : ofHost(host, end === -1 ? '' : rest.slice(end));
}

/** `https%3A%2F%2Fwww.acme.com`, `acme.com%20`: the host of an address never has a `%`. */
function ofEncoded(token: string): WebAddress {
  const decoded = token.replace(PERCENT, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  const [first = ''] = decoded.split(AROUND).filter((part) => part.includes('.'));
  return first.includes('%') ? NONE : readToken(first);
}

/** Printable ASCII is all that is encoded there. */
const PERCENT = /%[2-7][0-9a-f]/gi;

function ofHost(host: string, path: string): WebAddress {
  const { domain, isIcann, isPrivate, publicSuffix, isIp } = parse(host, PARSE_OPTIONS);
  if (isIp === true) return NONE;
  const hostedUnder =
    isPrivate === true && publicSuffix !== null && isHostedSuffix(publicSuffix) ? publicSuffix : null;
  const registrable = hostedUnder !== null || domain === null ? icannDomain(host) : domain;
  if (registrable === null || !(isIcann === true || isPrivate === true || isExample(registrable)))
    return NONE;
  if (isShortener(registrable)) return NONE;
  const page = socialPage({ host, registrable, path, hostedUnder });
  if (page !== null) return page.social === null ? NONE : { domain: null, social: page.social };
  return isMailboxOnly(registrable) ? NONE : { domain: registrable, social: null };
}

const PARSE_OPTIONS = { allowPrivateDomains: true, extractHostname: false };
const ICANN_OPTIONS = { allowPrivateDomains: false, extractHostname: false };

function icannDomain(host: string): string | null {
  const { domain, isIcann } = parse(host, ICANN_OPTIONS);
  return isIcann === true || (domain !== null && isExample(domain)) ? domain : null;
}

/** Reserved so that documentation and tests can speak of companies nobody owns (RFC 2606). */
function isExample(domain: string): boolean {
  return domain.endsWith('.example') || domain.endsWith('.test');
}

function mailDomain(host: string): WebAddress {
  const domain = icannDomain(host);
  if (domain === null || isMailbox(domain)) return NONE;
  const own = ofHost(host, '');
  return own.domain === null ? NONE : own;
}

function withoutScheme(token: string): string {
  let rest = token.replace(/^mailto:/i, '');
  for (let i = 0; i < SCHEMES_MAX; i += 1) {
    const scheme = SCHEME.exec(rest)?.[0];
    if (scheme === undefined) break;
    rest = rest.slice(scheme.length);
  }
  return rest;
}

const PLAIN_HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const BAD_LABEL = /(?:^|\.)-|-(?:\.|$)/;

/** Lower case, punycode, without port, `www.` and trailing dots; null for what no host can be. */
function toHost(text: string): string | null {
  let host = text
    .replace(/:\d*$/, '')
    .replace(/^[.]+|[.:!]+$/g, '')
    .toLowerCase();
  if (host.length > 253 || !host.includes('.')) return null;
  if (!PLAIN_HOST.test(host)) host = domainToASCII(host);
  host = host.replace(/^(?:w{3,4}\d?\.)+/, '');
  return PLAIN_HOST.test(host) && !BAD_LABEL.test(host) ? host : null;
}
