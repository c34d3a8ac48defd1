import type { HttpClient, HttpHeaders, HttpResult } from '../http/http-client';
import { decodePage } from './extract/decode-page';
import { ALLOW_ALL, DISALLOW_ALL, readRobots, type RobotsRules } from './robots-rules';

/**
 * `page`: an HTML document, after redirects · `none`: the site answered, but not with a page we may read ·
 * `unreachable`: no answer; `code` as of `HttpResult`.
 */
export type PageResult =
  | { kind: 'page'; url: URL; html: string }
  | { kind: 'none'; why: string }
  | { kind: 'unreachable'; sent: boolean; code: string };

const PAGE_BYTES_MAX = 2_000_000;
/** RFC 9309 §2.5: at least 500 KiB must be read. */
const ROBOTS_BYTES_MAX = 512_000;
/** RFC 9309 §2.3.1.2 asks for at least five. */
const REDIRECTS_MAX = 5;
const HTML_TYPES = ['text/html', 'application/xhtml+xml'];

/** How a visit reaches the web. */
export interface SiteVisitOptions {
  http: HttpClient;
  /** Which URLs may be asked for, of redirects too. */
  isCrawlable: (url: URL) => boolean;
  /** For all requests of the visit together. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** The requests of one crawl, one after the other, within one deadline and the rules of every origin they lead to. */
export class SiteVisit {
  private readonly robots = new Map<string, RobotsRules>();
  private readonly endsAt: number;

  constructor(private readonly options: SiteVisitOptions) {
    this.endsAt = performance.now() + options.deadlineMs;
  }

  /** Fetches a page that robots.txt allows, following redirects. */
  async page(start: URL): Promise<PageResult> {
    let url = start;
    for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
      if (!this.options.isCrawlable(url)) return { kind: 'none', why: 'a redirect to where no website is' };
      const rules = await this.rules(url);
      if ('kind' in rules) return rules;
      if (!rules.allows(url)) return { kind: 'none', why: 'robots.txt' };
      const result = await this.get(url, PAGE_BYTES_MAX, 'text/html,application/xhtml+xml;q=0.9');
      if (result.kind === 'failed') return unreachable(result);
      if (result.kind === 'unreadable') return { kind: 'none', why: result.detail };
      const next = redirectTarget(url, result.status, result.headers);
      if (next === null) return pageOf(url, result);
      url = next;
    }
    return { kind: 'none', why: 'too many redirects' };
  }

  /** Whether a site asks for pauses between requests: a page more than needed is not worth them. */
  asksForPauses(url: URL): boolean {
    return (this.robots.get(url.origin)?.crawlDelaySeconds ?? 0) > 0;
  }

  private async rules(url: URL): Promise<RobotsRules | Extract<PageResult, { kind: 'unreachable' }>> {
    const known = this.robots.get(url.origin);
    if (known) return known;
    const rules = await this.fetchRules(new URL('/robots.txt', url));
    if (!('kind' in rules)) this.robots.set(url.origin, rules);
    return rules;
  }

  /** RFC 9309 §2.3.1: a file that is not there allows everything, one that cannot be had forbids everything. */
  private async fetchRules(
    robotsUrl: URL,
  ): Promise<RobotsRules | Extract<PageResult, { kind: 'unreachable' }>> {
    let url = robotsUrl;
    for (let hop = 0; hop <= REDIRECTS_MAX && this.options.isCrawlable(url); hop++) {
      const result = await this.get(url, ROBOTS_BYTES_MAX, 'text/plain');
      if (result.kind === 'failed') return unreachable(result);
      if (result.kind === 'unreadable' || result.status >= 500) return DISALLOW_ALL;
      const next = redirectTarget(url, result.status, result.headers);
      if (next === null) {
        return result.status === 200 ? readRobots(robotsUrl, result.body.toString('utf8')) : ALLOW_ALL;
      }
      url = next;
    }
    return ALLOW_ALL;
  }

  private async get(url: URL, maxBytes: number, accept: string): Promise<HttpResult> {
    const deadlineMs = Math.ceil(this.endsAt - performance.now());
    if (deadlineMs <= 0) return { kind: 'failed', sent: true, code: 'DEADLINE' };
    const { http, signal } = this.options;
    return http.send({ method: 'GET', url, headers: { accept }, maxBytes, deadlineMs, signal });
  }
}

function unreachable({
  sent,
  code,
}: Extract<HttpResult, { kind: 'failed' }>): Extract<PageResult, { kind: 'unreachable' }> {
  return { kind: 'unreachable', sent, code };
}

function redirectTarget(url: URL, status: number, { location }: HttpHeaders): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  return URL.canParse(location, url.href) ? new URL(location, url) : null;
}

function pageOf(url: URL, { status, headers, body }: Extract<HttpResult, { kind: 'response' }>): PageResult {
  if (status !== 200) return { kind: 'none', why: `status ${status}` };
  const contentType = headers['content-type'] ?? '';
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!HTML_TYPES.includes(type)) return { kind: 'none', why: 'not HTML' };
  return { kind: 'page', url, html: decodePage(body, contentType) };
}
