import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import type { Settings } from '#libs/config';
import { FileObjectStorage, type ObjectStorage } from '#libs/object-storage';
import type { Logger, Metrics } from '#libs/observability';
import { RunFlow } from '#libs/queue';
import {
  CellKeys,
  connectOrFail,
  createBusyProducer,
  createBusyRedis,
  producerConnectionOptions,
  RedisClock,
  workerConnectionOptions,
  type RedisClient,
} from '#libs/redis';
import {
  CompanyRepository,
  LeadRanks,
  countStages,
  RunRepository,
  RunTraces,
  UsageBook,
  WorkerRegistry,
} from '#libs/run-state';
import { openSuppressionNames } from '#libs/tenancy';
import { SuppressionNames } from '#libs/vendor-gate';
import { checkRedisServer } from './check-redis-server';
import { ClockWatch, refuseWrongClock } from './clock/clock-watch';
import { hearTransitions } from './hear-transitions';

/** Injection tokens of what is not a class of ours. */
export const SETTINGS = Symbol('settings');
export const LOGGER = Symbol('logger');
export const REDIS = Symbol('redis');
export const OBJECT_STORAGE = Symbol('object storage');
export const METRICS = Symbol('metrics');

export interface CellOptions {
  settings: Settings;
  logger: Logger;
  /** A `producer` answers callers and fails fast; a `worker` waits out an outage. */
  role: 'producer' | 'worker';
  metrics: Metrics;
}

/** How long a starting process waits for Redis before it gives up. */
const CONNECT_MS = 4_000;

/**
 * Everything a process needs to take part in a cell, as Nest providers: settings, logger, Redis, run state, the flow,
 * the audit log and object storage. Connects while the application is created, so that a process that is ready can work.
 */
@Global()
@Module({})
export class CellModule {
  static forProcess(options: CellOptions): DynamicModule {
    const providers = cellProviders(options);
    return { module: CellModule, providers, exports: providers };
  }
}

function cellProviders({ settings, logger, role, metrics }: CellOptions): Provider[] {
  const keys = new CellKeys(settings.runtime.cell);
  const connection = role === 'producer' ? producerConnectionOptions() : workerConnectionOptions();
  return [
    ...givenProviders({ settings, logger, metrics }, keys),
    ...redisProviders({ settings, logger, role }),
    {
      provide: RunRepository,
      useFactory: (redis: RedisClient) => {
        const heard = hearTransitions({ redis, keys, logger, metrics });
        return new RunRepository(redis, keys, heard, countStages(metrics));
      },
      inject: [REDIS],
    },
    {
      provide: CompanyRepository,
      useFactory: (redis: RedisClient, clock: RedisClock) => new CompanyRepository(redis, keys, clock),
      inject: [REDIS, RedisClock],
    },
    {
      provide: LeadRanks,
      useFactory: (redis: RedisClient) => new LeadRanks(redis, keys),
      inject: [REDIS],
    },
    ...[RunTraces, UsageBook, WorkerRegistry].map((provide) => ({
      provide,
      useFactory: (redis: RedisClient) => new provide(redis, keys),
      inject: [REDIS],
    })),
    {
      provide: RunFlow,
      useFactory: async (): Promise<RunFlow> => {
        const flow = new RunFlow({ redisUrl: requireRedisUrl(settings), keys, connection });
        await flow.connect();
        return flow;
      },
      // After Redis has answered: its error names the fix.
      inject: [REDIS],
    },
    {
      provide: AuditLog,
      useFactory: (redis: RedisClient) => new AuditLog(redis, keys),
      inject: [REDIS],
    },
    { provide: OBJECT_STORAGE, useFactory: (): ObjectStorage => new FileObjectStorage(settings.storageDir) },
  ];
}

function givenProviders(
  { settings, logger, metrics }: Omit<CellOptions, 'role'>,
  keys: CellKeys,
): Provider[] {
  return [
    { provide: SETTINGS, useValue: settings },
    { provide: LOGGER, useValue: logger },
    { provide: METRICS, useValue: metrics },
    { provide: CellKeys, useValue: keys },
  ];
}

/** A process that would find nobody on the cell's suppression lists does not start. */
function suppressionNames({ suppression }: Settings, logger: Logger, keys: CellKeys): Provider {
  return {
    provide: SuppressionNames,
    useFactory: async (redis: RedisClient): Promise<SuppressionNames> => {
      const names = await openSuppressionNames(redis, keys, suppression.key);
      if (names.keyId() === null) {
        logger.warn('whoever has the database can test who is suppressed: set LEADGEN_SUPPRESSION_KEY_FILE');
      }
      return names;
    },
    inject: [REDIS],
  };
}

/** A process with a wrong clock does not start; one whose clock goes wrong later says so. */
function redisProviders({ settings, logger, role }: Omit<CellOptions, 'metrics'>): Provider[] {
  return [
    {
      provide: REDIS,
      useFactory: async (): Promise<RedisClient> => {
        const url = requireRedisUrl(settings);
        const redis = role === 'producer' ? createBusyProducer(url) : createBusyRedis(url);
        redis.on('error', (error: Error) => logger.warn({ err: error.message }, 'redis connection error'));
        await connectOrFail(redis, CONNECT_MS);
        await checkRedisServer(redis, logger);
        return redis;
      },
    },
    {
      provide: RedisClock,
      useFactory: async (redis: RedisClient): Promise<RedisClock> => {
        const clock = new RedisClock(redis);
        await clock.measure();
        refuseWrongClock(clock, settings.clock.skewMaxMs);
        return clock;
      },
      inject: [REDIS],
    },
    suppressionNames(settings, logger, new CellKeys(settings.runtime.cell)),
    {
      provide: ClockWatch,
      useFactory: (clock: RedisClock) => new ClockWatch(clock, logger),
      inject: [RedisClock],
    },
  ];
}

/** The cell's Redis; a server process has no private one. Throws `config_invalid`. */
export function requireRedisUrl(settings: Settings): string {
  if (settings.redis.url !== undefined) return settings.redis.url;
  throw appError(
    'config_invalid',
    'REDIS_URL is not set: name the cell’s Redis, e.g. redis://127.0.0.1:6379',
  );
}
