import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that changes something was sent by a page of somebody else, with credentials that the browser adds by
 * itself. A browser says where such a request comes from in `Sec-Fetch-Site` or `Origin`; what sends neither is no browser,
 * and has its credentials from whoever runs it.
 */
export function isFromForeignPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  // What stands before us may speak TLS, so that only the host can be compared.
  return (
    !/^https?:\/\//.test(origin) || origin.replace(/^https?:\/\//, '').toLowerCase() !== host?.toLowerCase()
  );
}
