import { joinDefined, shareDefined, type LibraryCommands, type RedisClient } from '#libs/redis';

/**
 * Lua: BullMQ writes four events of every job into its queue's stream. Nobody reads them here, and they would be more than a job's
 * own writes (docs/adr/0013-no-events-of-queues.md). What it writes of a parent is in another stream, and stays.
 */
const EVENTS = /\brcall\("XADD", (?:eventStreamKey|eventsKey), [^()]*\)/g;

/**
 * BullMQ runs one of these for every job that ends, or is added: with hundreds of companies under way, a good part of what they
 * cost on both ends is the command around each.
 */
export const ENDS: LibraryCommands = {
  moveToFinished: {
    without: EVENTS,
    // Of one queue's jobs that end at the same time: whether it is paused, or has as many under way as it may, which stays so while
    // each of them makes room for one; its events are cut back, its due delayed jobs brought forward, its idle workers told. And
    // their options, and their parent, are the same text.
    once: [
      'getQueueMetadata',
      'trimEvents',
      'promoteDelayedJobs',
      'addBaseMarkerIfNeeded',
      'cmsgpack.unpack',
      'cjson.decode',
    ],
  },
};
const ADDING = ['getOrSetMaxEvents', 'isQueuePausedOrMaxed', 'addBaseMarkerIfNeeded'];
export const ADDS: LibraryCommands = {
  addStandardJob: { once: ADDING, without: EVENTS },
  addPrioritizedJob: { once: ADDING, without: EVENTS },
};

/** Jobs that end in one turn of the event loop end in one command. To be called once the worker is ready. */
export function shareJobEnds(redis: RedisClient): void {
  shareDefined(redis, ENDS);
}

/** A transaction whose adds that follow one another are added in one command. */
export function joinedAdds(redis: RedisClient): ReturnType<RedisClient['multi']> {
  return joinDefined(redis, ADDS, () => redis.multi());
}
