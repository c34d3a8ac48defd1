import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
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

/** Letters that a host name may have, of any alphabet. */
const HOST_NAME = /^[\p{L}\p{M}\p{N}.-]+$/u;
/** RFC 1035 §2.3.4. */
const NAME_LENGTH_MAX = 253;

/** The home page of a domain, or null when the text is anything but a plain host name. */
export function homePage(scheme: 'http:' | 'https:', domain: string): URL | null {
  const ascii = HOST_NAME.test(domain) ? domainToASCII(domain) : '';
  const text = `${scheme}//${ascii}/`;
  const isName = ascii !== '' && ascii.length <= NAME_LENGTH_MAX;
  const url = isName && URL.canParse(text) ? new URL(text) : null;
  return url !== null && isIP(url.hostname) === 0 && isCrawlable(url) ? url : null;
}
