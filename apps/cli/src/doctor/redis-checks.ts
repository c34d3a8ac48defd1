import type { Settings } from '#libs/config';
import { STAGES, type StageName } from '#libs/contracts';
import { configOf, readRedisSettings, RedisClock, type RedisClient, type RedisSettings } from '#libs/redis';
import type { WorkerRegistry } from '#libs/run-state';
import { fail, ok, unknown, warn, type Check, type Finding } from './check';

const OLDEST = [6, 2] as const;
/** From here on the API takes nothing new. */
const FULL = 0.8;
const SKEW_NOTICED_MS = 1_000;
const LAZY_FREE = 'lazyfree-lazy-user-del';

/** What the cell's Redis is set to, whether clocks agree, and who works there. */
export function redisChecks(redis: RedisClient, workers: WorkerRegistry, { clock }: Settings): Check[] {
  const settings = (): Promise<RedisSettings> => readRedisSettings(redis);
  return [
    { id: 'redis version', look: async () => version(await info(redis, 'server', 'redis_version')) },
    {
      id: 'redis append-only file',
      look: async () => judged('appendonly', (await settings()).appendOnly, judgeAppendOnly),
    },
    {
      id: 'redis eviction',
      look: async () => judged('maxmemory-policy', (await settings()).policy, judgePolicy),
    },
    {
      id: 'redis lazy free',
      look: async () => judged(LAZY_FREE, await configOf(redis, LAZY_FREE), judgeLazyFree),
    },
    { id: 'redis memory', look: () => memory(redis) },
    { id: 'clock', look: () => skew(redis, workers, clock.skewMaxMs) },
    ...(Object.keys(STAGES) as StageName[]).map((stage) => ({
      id: `workers ${stage}`,
      look: () => alive(workers, stage),
    })),
  ];
}

async function info(redis: RedisClient, section: string, field: string): Promise<string | undefined> {
  return new RegExp(`^${field}:(\\S+)`, 'm').exec(await redis.info(section))?.[1];
}

export function version(text: string | undefined): Finding {
  const [major = 0, minor = 0] = (text ?? '0').split('.').map(Number);
  const good = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return good
    ? ok(`Redis ${text ?? ''}`)
    : fail(`Redis ${text ?? '?'} is too old`, `use ${OLDEST.join('.')} or later`);
}

/** Managed services often forbid CONFIG: what they are set to is in their console. */
function judged(name: string, value: string | undefined, judge: (value: string) => Finding): Finding {
  return value === undefined
    ? unknown(`this Redis does not show ${name}`, 'look in the console of the service that runs it')
    : judge(value);
}

export const judgeAppendOnly = (value: string): Finding =>
  value === 'yes'
    ? ok('appendonly yes')
    : fail(`appendonly ${value}: a crash of Redis loses runs`, 'set appendonly yes');

export const judgePolicy = (value: string): Finding =>
  value === 'noeviction'
    ? ok('maxmemory-policy noeviction')
    : fail(`maxmemory-policy ${value}: Redis may throw runs away`, 'set maxmemory-policy noeviction');

export const judgeLazyFree = (value: string): Finding =>
  value === 'yes'
    ? ok('lazyfree-lazy-user-del yes')
    : warn(
        `lazyfree-lazy-user-del ${value}: removing a large run holds others up`,
        'set lazyfree-lazy-user-del yes',
      );

async function memory(redis: RedisClient): Promise<Finding> {
  const [used, max] = [await info(redis, 'memory', 'used_memory'), await info(redis, 'memory', 'maxmemory')];
  return judgeMemory(Number(used), Number(max));
}

export function judgeMemory(used: number, max: number): Finding {
  const mega = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`;
  if (!max) return warn(`${mega(used)} used, no limit`, 'set maxmemory below what the machine has');
  const found = `${mega(used)} of ${mega(max)} used`;
  return used / max < FULL
    ? ok(found)
    : fail(found, `above ${FULL * 100} % the API takes nothing new: give it more memory`);
}

async function skew(redis: RedisClient, workers: WorkerRegistry, maxMs: number): Promise<Finding> {
  const clock = new RedisClock(redis);
  await clock.measure();
  const others = await Promise.all(Object.keys(STAGES).map((stage) => workers.list(stage)));
  const skews = [clock.skewMs(), ...others.flat().map(({ skewMs }) => skewMs)];
  return judgeSkew(Math.max(...skews.map(Math.abs)), maxMs);
}

export function judgeSkew(skewMs: number, maxMs: number): Finding {
  const found = `clocks of this host and of the workers are at most ${(skewMs / 1_000).toFixed(1)} s off Redis’s`;
  if (skewMs > maxMs) return fail(found, 'set the clocks right: a process so far off does not start');
  return skewMs > SKEW_NOTICED_MS ? warn(found, 'let NTP set the clocks') : ok(found);
}

async function alive(workers: WorkerRegistry, stage: StageName): Promise<Finding> {
  const count = await workers.count(stage);
  return count > 0
    ? ok(`${count} alive`)
    : fail('none alive', `start one with the same REDIS_URL: node dist/apps/${stage}/src/main.js`);
}
