import { isIP } from 'node:net';

/**
 * Which website a request's `Host` names, in lower case and without port; null where it names the simulator itself: by
 * an address, by a name without a dot (`localhost`, or that of its container: no company has one), or not at all.
 */
export function siteHost(host: string | undefined): string | null {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const isOwn = !name.includes('.') || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return isOwn ? null : name;
}
