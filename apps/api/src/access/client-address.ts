import { isIPv6 } from 'node:net';
import type { Request } from 'express';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Who has one address of a network has, as a rule, all of its 2^64. */
const IPV6_NETWORK_PARTS = 4;

/** What invalid keys are counted by: an IPv4 address, or an IPv6 network of 64 bits. */
export function clientAddress(ip: string | undefined): string {
  if (ip === undefined) return 'unknown';
  // Neither of the two below, and found cheaper than by them.
  if (!ip.includes(':')) return ip;
  const mapped = MAPPED_IPV4.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  return `${expanded(ip).slice(0, IPV6_NETWORK_PARTS).join(':')}::`;
}

/** Who sent this request: Express's `ip`, which need not be asked for where no proxy says anything. */
export function senderOf(request: Request): string | undefined {
  return request.headers['x-forwarded-for'] === undefined ? request.socket.remoteAddress : request.ip;
}

/** All eight parts of an IPv6 address, of which `::` leaves out those that are zero. */
function expanded(ip: string): string[] {
  const [head = '', tail] = (ip.split('%')[0] ?? ip).toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}
