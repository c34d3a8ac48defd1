import { Agent } from 'undici';
import type { WebsiteFacts } from '#libs/contracts';
import type { HttpClient } from '../http/http-client';
import { UndiciHttpClient } from '../http/undici-http-client';
import type { VendorCall, VendorContext, VendorOutcome } from '../vendor.port';
import { contactPage } from './extract/contact-page';
import type { PageContent } from './extract/page-content';
import { readPage } from './extract/read-page';
import { joinFacts, websiteFacts } from './extract/website-facts';
import { homePage, isCrawlable } from './guard/crawlable-url';
import { fixedConnector, guardedConnector, type LookupAll } from './guard/guarded-connector';
import { ROBOT_NAME } from './robots-rules';
import { SiteVisit, type PageResult } from './site-visit';

const USER_AGENT = `${ROBOT_NAME}/0.1 (reads a company's home and contact page; robots.txt is respected)`;

/** What says that our own network or resolver is in trouble, and nothing of the site. */
const OUR_OWN_TROUBLE = new Set([
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
]);

/**
 * Reads a company's website: robots.txt, the home page, and at most one contact page, within one grant. A dead, closed,
 * slow or unreadable site is `empty`: that is a fact about the company, and no reason to slow down for others.
 */
export function crawlWebsite(lookup?: LookupAll): VendorCall<'crawl_website'> {
  return async ({ domain }, context) => {
    if (homePage('http:', domain) === null) return { kind: 'empty', units: 0 };
    const { baseUrl } = context;
    const connect = baseUrl ? fixedConnector(baseUrl) : guardedConnector(lookup);
    // One per crawl: no connection outlives it, and thousands of sites leave no pools behind.
    const agent = new Agent({ connect, pipelining: 1 });
    try {
      return await crawl(domain, context, new UndiciHttpClient(agent, USER_AGENT));
    } finally {
      await agent.destroy();
    }
  };
}

async function crawl(
  domain: string,
  context: VendorContext,
  http: HttpClient,
): Promise<VendorOutcome<WebsiteFacts>> {
  const { deadlineMs, signal } = context;
  const visit = new SiteVisit({ http, isCrawlable: (url) => isCrawlable(url), deadlineMs, signal });
  // The simulator speaks plain http only.
  const home = await firstReachable(visit, domain, context.baseUrl ? ['http:'] : ['https:', 'http:']);
  if (home.kind === 'unreachable' && home.code === 'ABORTED') {
    return { kind: home.sent ? 'timeout_after_send' : 'timeout_before_send' };
  }
  if (home.kind === 'unreachable' && isOurOwnTrouble(home, context)) return { kind: 'timeout_before_send' };
  if (home.kind !== 'page') return { kind: 'empty', units: 1 };

  const content = readPage(home.html);
  const value = await withContactPage(
    visit,
    home.url,
    content,
    websiteFacts(home.url, content, domain),
    domain,
  );
  return saysNothing(value) ? { kind: 'empty', units: 1 } : { kind: 'ok', value, units: 1 };
}

/** A fixed address that takes no connection says as little of the site as a resolver that is down. */
function isOurOwnTrouble(
  { code, sent }: Extract<PageResult, { kind: 'unreachable' }>,
  { baseUrl }: VendorContext,
): boolean {
  return OUR_OWN_TROUBLE.has(code) || (baseUrl !== null && !sent);
}

/** A second page only where the first lacks ways to get in touch, and the site does not ask for pauses. */
async function withContactPage(
  visit: SiteVisit,
  home: URL,
  content: PageContent,
  facts: WebsiteFacts,
  domain: string,
): Promise<WebsiteFacts> {
  const hasAll = facts.emails.length > 0 && facts.phones.length > 0;
  const url = hasAll || visit.asksForPauses(home) ? null : contactPage(content.links, home);
  const page = url && (await visit.page(url));
  if (page?.kind !== 'page') return facts;
  return joinFacts(facts, websiteFacts(page.url, readPage(page.html), domain));
}

/** The home page by the first scheme that answers, at the domain itself or, where that has no address, at `www.`. */
async function firstReachable(
  visit: SiteVisit,
  domain: string,
  schemes: readonly ('http:' | 'https:')[],
): Promise<PageResult> {
  let result: PageResult = { kind: 'none', why: 'no host name' };
  for (const host of [domain, `www.${domain}`]) {
    for (const scheme of schemes) {
      const url = homePage(scheme, host);
      if (url === null) continue;
      result = await visit.page(url);
      if (result.kind !== 'unreachable' || ['ENOTFOUND', 'ABORTED', 'DEADLINE'].includes(result.code)) break;
    }
    if (result.kind !== 'unreachable' || result.code !== 'ENOTFOUND') return result;
  }
  return result;
}

function saysNothing({ title, description, emails, phones, socials }: WebsiteFacts): boolean {
  return (
    title === null && description === null && [emails, phones, socials].every((list) => list.length === 0)
  );
}
