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

/** How a server says that it cannot serve now: starting, a replica, cut off from its primary or replicas. */
const SERVER_REPLIES = /^(LOADING|READONLY|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|TRYAGAIN|MISCONF) /;

/** Of a command, and, in Redis 6, of a script whose command was refused. */
const FULL = /(^|: -)OOM command not allowed/;

/** True if the error means that Redis takes nothing more since its memory is used up: an outage with a cause of its own. */
export function isRedisFull(error: Error): boolean {
  if (FULL.test(error.message)) return true;
  // A transaction says only that it was discarded, and why in its errors.
  const { previousErrors = [] } = error as { previousErrors?: readonly Error[] };
  return previousErrors.some(({ message }) => FULL.test(message));
}

/** True if the error means that Redis cannot be reached or cannot serve now: the same command may succeed later. */
export function isRedisOutage(error: Error): boolean {
  if (SOCKET_CODES.has(errorCode(error) ?? '')) return true;
  return isRedisFull(error) || CLIENT_MESSAGES.test(error.message) || SERVER_REPLIES.test(error.message);
}
