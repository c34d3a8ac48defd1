import { siteCharacter } from './site-character';
import { siteFacts } from './site-facts';
import { sitePage } from './site-pages';

/** `body` null: the connection is reset instead of answered. */
export interface SiteAnswer {
  status: number;
  contentType: string;
  body: string | null;
  /** Before the answer, on top of the usual latency. */
  delayMs: number;
}

const HTML = 'text/html; charset=utf-8';
/** Long enough to be noticed, short enough that a crawler waits for it. */
const SLOW_MS = 2_500;

/** Any company's website, made up from its domain. */
export function website(host: string, path: string): SiteAnswer {
  const domain = host.replace(/^www\./, '');
  const character = siteCharacter(domain);
  if (character === 'dead') return { status: 0, contentType: '', body: null, delayMs: 0 };
  if (path === '/robots.txt') {
    const disallowed = character === 'closed' ? '/' : '/admin/';
    return {
      status: 200,
      contentType: 'text/plain',
      body: `User-agent: *\nDisallow: ${disallowed}\n`,
      delayMs: 0,
    };
  }
  switch (character) {
    case 'gone':
      return notFound();
    case 'file':
      return { status: 200, contentType: 'application/pdf', body: '%PDF-1.4\n%%EOF\n', delayMs: 0 };
    case 'blank':
      return html('<!doctype html><html><body></body></html>');
    case 'slow':
      return { ...page(domain, path), delayMs: path === '/' ? SLOW_MS : 0 };
    case 'live':
    case 'closed':
      return page(domain, path);
  }
}

function page(domain: string, path: string): SiteAnswer {
  const body = sitePage(siteFacts(domain), path);
  return body === null ? notFound() : html(body);
}

function html(body: string): SiteAnswer {
  return { status: 200, contentType: HTML, body, delayMs: 0 };
}

function notFound(): SiteAnswer {
  return { status: 404, contentType: HTML, body: '<!doctype html><title>Not found</title>', delayMs: 0 };
}
