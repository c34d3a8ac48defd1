import type { FactoryProvider, Type } from '@nestjs/common';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CellTuning } from '#libs/vendor-gate';
import { REDIS } from './cell.module';

/** What operators have set, known before the process does anything. `watchTuning` keeps it so. */
export const tuningProvider: FactoryProvider<Promise<CellTuning>> = {
  provide: CellTuning,
  useFactory: async (redis: RedisClient, keys: CellKeys) => {
    const tuning = new CellTuning(redis, keys);
    await tuning.refresh();
    return tuning;
  },
  inject: [REDIS, CellKeys],
};

/** A duty of every process that calls vendors or tells of their caps. */
export function watchTuning({ get, logger }: { get: <T>(token: Type<T>) => T; logger: Logger }): {
  stop: () => Promise<void>;
} {
  const stop = get(CellTuning).watch((error) => {
    logger.warn({ event: 'tuning_unread', err: String(error) }, 'what operators have set could not be read');
  });
  return { stop };
}
