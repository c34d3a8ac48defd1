import type { RedisClient } from '#libs/redis';

/** Of the queues of the walk, lanes included, the jobs that are a company's. */
const COMPANY_JOBS = '*:bull:enrich*-e[0-9]*-h[0-9]*';

/**
 * The attempts that the companies' jobs still in Redis have used up, all together. Throws where there is none to look at: then
 * nobody can say that none has burned an attempt.
 */
export async function attemptsBurned(redis: RedisClient): Promise<number> {
  let burned = 0;
  let looked = 0;
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', COMPANY_JOBS, 'COUNT', 1_000);
    cursor = next;
    // Beside a job's hash stand its lock and the like, under longer names.
    const types = await Promise.all(keys.map((key) => redis.type(key)));
    const jobs = keys.filter((_key, i) => types[i] === 'hash');
    const attempts = await Promise.all(jobs.map((key) => redis.hget(key, 'atm')));
    looked += jobs.length;
    burned += attempts.reduce((sum, made) => sum + Number(made ?? 0), 0);
  } while (cursor !== '0');
  if (looked === 0) throw new Error('no job of a company is left to be asked for its attempts');
  return burned;
}
