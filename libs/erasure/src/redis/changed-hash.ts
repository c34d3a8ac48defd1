import type { RedisClient } from '#libs/redis';
import { erasureScripts } from '../erasure-scripts';

export type Hash = Readonly<Record<string, string>>;

/** The fields that are to change; null drops one. */
export type HashChange = Readonly<Record<string, string | null>>;

/** Somebody writes to it again and again: the next pass finds it quieter. */
const TRIES = 5;

/**
 * Changes a hash by what `decide` makes of it, unless somebody else changes the same fields meanwhile: then it is read and decided again.
 * Answers whether anything was to be changed.
 */
export async function changeHash(
  redis: RedisClient,
  key: string,
  decide: (hash: Hash) => HashChange,
): Promise<boolean> {
  for (let i = 0; i < TRIES; i += 1) {
    const hash = await redis.hgetall(key);
    const change = Object.entries(decide(hash));
    if (change.length === 0) return i > 0;
    const read = change.flatMap(([field]) => (field in hash ? [field, hash[field] ?? ''] : []));
    const dropped = change.flatMap(([field, value]) => (value === null ? [field] : []));
    const set = change.flatMap(([field, value]) => (value === null ? [] : [field, value]));
    const args = [read.length / 2, ...read, dropped.length, ...dropped, ...set];
    if ((await erasureScripts.replaceFields.run(redis, [key], args)) === 1) return true;
  }
  return true;
}
