import { appError } from '#libs/contracts';

/** Runs have to end, or old ones to be dropped, before there is room again. */
const RETRY_AFTER_S = 30;

/** What is refused since the memory of Redis is, or is nearly, used up. */
export function redisFull(cause?: unknown): Error {
  return appError('redis_full', 'Redis is nearly full: nothing new is taken for now, try again later', {
    context: { retry_after_s: RETRY_AFTER_S },
    ...(cause !== undefined && { cause }),
  });
}
