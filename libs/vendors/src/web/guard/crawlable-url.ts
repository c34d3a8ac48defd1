import { isPublicHost } from './public-address';

/** Default ports of http and https, as `URL` drops them. */
const DEFAULT_PORTS: readonly string[] = [''];

/**
 * Whether a URL may be requested: http(s) on a usual port, a public host, no user in it. Checked for the first request
 * and for every redirect; the connector checks the address once more.
 */
export function isCrawlable(url: URL, ports: readonly string[] = DEFAULT_PORTS): boolean {
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    ports.includes(url.port) &&
    url.username === '' &&
    url.password === '' &&
    isPublicHost(url.hostname)
  );
}

/** The home page of a domain, or null when the text is anything but a plain host name. */
export function homePage(scheme: 'http:' | 'https:', domain: string): URL | null {
  const text = `${scheme}//${domain}/`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.hostname === domain.toLowerCase() && url.pathname === '/' && isCrawlable(url) ? url : null;
}
