import { joinDefined, shareDefined, type RedisClient } from '#libs/redis';

/**
 * BullMQ runs one of these for every job that ends, or is added: with hundreds of companies under way, a good part of what they
 * cost on both ends is the command around each.
 */
const ENDS = ['moveToFinished'];
const ADDS = ['addStandardJob', 'addPrioritizedJob'];

/** Jobs that end in one turn of the event loop end in one command. To be called once the worker is ready. */
export function shareJobEnds(redis: RedisClient): void {
  shareDefined(redis, ENDS);
}

/** A transaction whose adds that follow one another are added in one command. */
export function joinedAdds(redis: RedisClient): ReturnType<RedisClient['multi']> {
  return joinDefined(redis, ADDS, () => redis.multi());
}
