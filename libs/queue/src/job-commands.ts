import type { StageName } from '#libs/contracts';
import { joinDefined, shareDefined, type LibraryCommands, type RedisClient } from '#libs/redis';

/**
 * Lua: BullMQ writes four events of every job into its queue's stream, and nobody here reads them
 * (docs/adr/0013-what-bullmq-need-not-do.md). What it writes of a parent is in another stream, and stays.
 */
const EVENTS = /\brcall\("XADD", (?:eventStreamKey|eventsKey), [^()]*\)/g;
/** Lua: what the end of a company's job need not do. */
const NEEDLESS = [
  // It has no children: they are not asked after, and nothing of them is removed.
  /\bif rcall\("[SZ]CARD", jobIdKey \.\. ":\w+"\) ~= 0 then\s+return -\d+\s+end/g,
  /, jobKey \.\. ':dependencies',\s+jobKey \.\. ':processed', jobKey \.\. ':failed', jobKey \.\. ':unsuccessful'/g,
  // It has left its parent's list: by its end or, failed, because it is added with `ignoreDependencyOnFailure`.
  /\bremoveParentDependencyKey\(jobIdKey, false, parentKey, jobAttributes\[3\]\)/g,
  // It answers nothing that its parent would read.
  /\blocal processedSet = parentKey \.\. ":processed"\s+rcall\("HSET", processedSet, jobIdKey, returnvalue\)/g,
];

/**
 * Of one queue's jobs that end at the same time: whether it is paused, or has as many under way as it may, which stays so while each of
 * them makes room for one; its events are cut back, its due delayed jobs brought forward, its idle workers told. And their options,
 * and their parent, are the same text.
 */
const ENDING = [
  'getQueueMetadata',
  'trimEvents',
  'promoteDelayedJobs',
  'addBaseMarkerIfNeeded',
  'cmsgpack.unpack',
  'cjson.decode',
];

/**
 * BullMQ runs one of these for every job that ends, or is added: with hundreds of companies under way, a good part of what they
 * cost on both ends is the command around each.
 */
export const ENDS: LibraryCommands = { moveToFinished: { once: ENDING, without: [EVENTS] } };
/** Of jobs of companies. */
export const COMPANY_ENDS: LibraryCommands = {
  moveToFinished: { once: ENDING, without: [EVENTS, ...NEEDLESS] },
};
const ADDING = ['getOrSetMaxEvents', 'isQueuePausedOrMaxed', 'addBaseMarkerIfNeeded'];
export const ADDS: LibraryCommands = {
  addStandardJob: { once: ADDING, without: [EVENTS] },
  addPrioritizedJob: { once: ADDING, without: [EVENTS] },
};

/** Jobs of the stage that end in one turn of the event loop end in one command. To be called once the worker is ready. */
export function shareJobEnds(redis: RedisClient, stage: StageName): void {
  shareDefined(redis, stage === 'enrich' ? COMPANY_ENDS : ENDS);
}

/** A transaction whose adds that follow one another are added in one command. */
export function joinedAdds(redis: RedisClient): ReturnType<RedisClient['multi']> {
  return joinDefined(redis, ADDS, () => redis.multi());
}
