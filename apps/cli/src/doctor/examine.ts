import { CellKeys, closeRedis, connectOrFail, createRedis, producerConnectionOptions } from '#libs/redis';
import { RunList, WorkerRegistry } from '#libs/run-state';
import { toError } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { checked, fail, ok, unknown, type Check, type CheckedLine } from './check';
import { hostChecks } from './host-checks';
import { redisChecks } from './redis-checks';
import { runChecks } from './run-checks';
import { settingsChecks } from './settings-checks';

export interface DoctorOptions {
  tenantId: string | undefined;
  apiUrl: string | undefined;
  crontab: string | undefined;
}

const CONNECT_MS = 4_000;

/** The deployment checklist, line by line. What cannot be seen from here is `unknown` with the reason, never left out. */
export async function examine(
  options: DoctorOptions,
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
): Promise<CheckedLine[]> {
  const before = [...hostChecks(settings, options.crontab), ...settingsChecks(settings)];
  const { url } = settings.redis;
  if (url === undefined) {
    const redis: Check = {
      id: 'redis',
      look: () =>
        unknown(
          'REDIS_URL is not set',
          'set it to the cell’s: settings, workers and runs are looked up there',
        ),
    };
    return checked([...before, redis, ...runChecks({ runs: undefined, ...options, settings })]);
  }
  const redis = createRedis(url, producerConnectionOptions());
  redis.on('error', (error: Error) => logger.debug({ err: error.message }, 'redis connection error'));
  try {
    const reached = await connectOrFail(redis, CONNECT_MS).then(
      () => undefined,
      (error: unknown) => toError(error).message,
    );
    if (reached !== undefined) {
      const down: Check = { id: 'redis', look: () => fail(reached, 'start it, or correct REDIS_URL') };
      return await checked([...before, down, ...runChecks({ runs: undefined, ...options, settings })]);
    }
    const keys = new CellKeys(settings.runtime.cell);
    const runs = new RunList(redis, keys);
    const up: Check = { id: 'redis', look: () => ok('answers') };
    const inside = redisChecks(redis, new WorkerRegistry(redis, keys), settings);
    return await checked([...before, up, ...inside, ...runChecks({ runs, ...options, settings })]);
  } finally {
    await closeRedis(redis);
  }
}
