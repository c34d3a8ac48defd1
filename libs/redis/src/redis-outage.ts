import { errorCode } from '#libs/kernel';

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** ioredis has neither codes nor classes for most of these. */
const CLIENT_MESSAGES =
  /^(Connection is closed|Command timed out|Socket timeout|connect ETIMEDOUT|Reached the max retries per request|Stream isn't writeable)/;

/** How a server says that it cannot serve now: starting, a replica, cut off from its primary or replicas, or full. */
const SERVER_REPLIES = /^(LOADING|READONLY|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|TRYAGAIN|MISCONF|OOM) /;

/** True if the error means that Redis cannot be reached or cannot serve now: the same command may succeed later. */
export function isRedisOutage(error: Error): boolean {
  if (SOCKET_CODES.has(errorCode(error) ?? '')) return true;
  return CLIENT_MESSAGES.test(error.message) || SERVER_REPLIES.test(error.message);
}
