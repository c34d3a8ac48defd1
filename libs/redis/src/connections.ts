import type { Writable } from 'node:stream';
import { Redis, type RedisOptions } from 'ioredis';
import { appError } from '#libs/contracts';
import { errorCode, toError } from '#libs/kernel';
import { refusalOf } from './redis-refusal';
import { shareScripts } from './script-batch';
import { DISCONNECT_MS, serverOptions } from './server-options';

export type RedisClient = Redis;

/** `replyMapping` would change the shape of every reply: not a caller's choice. */
export type ConnectionSettings = Omit<RedisOptions, 'replyMapping'>;

/** Wait before the n-th reconnect: 200 ms more each time, two seconds at most. */
const reconnectAfterMs = (attempt: number): number => Math.min(attempt * 200, 2_000);

/** A demoted primary answers READONLY: reconnect (to whoever is primary now) and send the command again. */
const reconnectOnReadonly = (error: Error): false | 2 => (error.message.startsWith('READONLY') ? 2 : false);

/**
 * For workers: waits out an outage however long it takes, since a job in hand must be finished or given back.
 * BullMQ requires `maxRetriesPerRequest: null`.
 */
export function workerConnectionOptions(): {
  maxRetriesPerRequest: null;
  retryStrategy: typeof reconnectAfterMs;
  reconnectOnError: typeof reconnectOnReadonly;
} {
  return {
    maxRetriesPerRequest: null,
    retryStrategy: reconnectAfterMs,
    reconnectOnError: reconnectOnReadonly,
  };
}

/** For whoever answers a caller (API, CLI): fails within about two seconds, so that the caller hears of it. */
export function producerConnectionOptions(): ConnectionSettings {
  return {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    commandTimeout: 1_500,
    socketTimeout: 4_000,
    keepAlive: 1_000,
    retryStrategy: reconnectAfterMs,
    reconnectOnError: reconnectOnReadonly,
  };
}

/**
 * For a connection that does nothing but read with BLOCK: waits out outages as a worker's, and takes one that says nothing for
 * longer than `blockMs` allows as broken, since it would wait for ever on a wire that was cut without a word.
 */
export function blockingReadOptions(blockMs: number): ConnectionSettings {
  return {
    ...workerConnectionOptions(),
    connectTimeout: 2_000,
    socketTimeout: blockMs + SILENCE_MS,
    keepAlive: 1_000,
  };
}

/** How long Redis may say nothing beyond the wait that was asked for. */
const SILENCE_MS = 3_000;

/** `url` as `serverOptions` reads it. */
export function createRedis(url: string, options: ConnectionSettings): Redis {
  const settings = { disconnectTimeout: DISCONNECT_MS, ...options, lazyConnect: true } as const;
  const server = serverOptions(url);
  return 'url' in server ? new Redis(url, settings) : new Redis({ ...server, ...settings });
}

/**
 * For many at once: commands asked for in one turn of the event loop leave in few system calls, which saves both ends
 * a good part of their work when hundreds of companies, or dozens of requests, are under way. Nothing is reordered, and none waits for another's
 * reply. (ioredis' own auto-pipelining sends one batch at a time, and costs more than it saves here.)
 */
export function createBusyRedis(
  url: string,
  options: ConnectionSettings = workerConnectionOptions(),
  held = WORKER_HOLDS,
): Redis {
  const redis = createRedis(url, options);
  shareWrites(redis, held);
  shareScripts(redis, held.commands);
  return redis;
}

/** So much of a turn is held back, and not more: Redis works on it while the rest of the turn is being made. */
interface Held {
  commands: number;
  bytes: number;
}

/** A command that holds many calls leaves at once: it is work enough for Redis, which would have nothing to do meanwhile. */
const WORKER_HOLDS: Held = { commands: 32, bytes: 2_048 };
/** Requests are made more slowly than Redis serves them, and each is a command or two. */
const PRODUCER_HOLDS: Held = { commands: 8, bytes: 16_384 };

/** From now on commands asked for in one turn of the event loop leave in few system calls, also after a reconnect. */
export function shareWrites(redis: Pick<Redis, 'on' | 'status' | 'stream'>, held = WORKER_HOLDS): void {
  redis.on('connect', () => corkTurns(redis.stream, held));
  if (redis.status === 'connect' || redis.status === 'ready') corkTurns(redis.stream, held);
}

/**
 * As `createBusyRedis`, for whoever answers callers: what is asked for in one turn leaves in groups of a few, so that Redis
 * works on the first while the next is being made; all at once, each of the two would wait for the other.
 */
export function createBusyProducer(url: string): Redis {
  return createBusyRedis(url, producerConnectionOptions(), PRODUCER_HOLDS);
}

function corkTurns(stream: Writable, { commands, bytes }: Held): void {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let held = 0;
  const leave = (): void => {
    held = 0;
    stream.uncork();
  };
  stream.write = (...args: unknown[]): boolean => {
    if (held === 0) {
      stream.cork();
      setImmediate(() => {
        if (held > 0) leave();
      });
    }
    held += 1;
    const taken = write(...args);
    if (held >= commands || stream.writableLength >= bytes) leave();
    return taken;
  };
}

/**
 * Connects or throws `redis_unreachable` within `timeoutMs`, naming the address and the ways out; `config_invalid` at once where
 * something answers that `REDIS_URL` does not fit. Leaves the client disconnected on failure.
 */
export async function connectOrFail(redis: Redis, timeoutMs: number): Promise<void> {
  const address = redisAddress(redis.options);
  let lastError: Error | undefined;
  let remember: (error: Error) => void = () => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    remember = (error) => {
      lastError = error;
      const refusal = refusalOf(error, address);
      if (refusal) reject(refusal);
    };
  });
  redis.on('error', remember);
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(lastError ?? new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([redis.connect().then(() => redis.ping()), deadline, refused]);
  } catch (thrown) {
    redis.disconnect();
    const error = toError(thrown);
    throw errorCode(error) === 'config_invalid'
      ? error
      : (refusalOf(error, address) ?? unreachable(redis, lastError ?? error));
  } finally {
    clearTimeout(timer);
    redis.off('error', remember);
  }
}

function unreachable({ options }: Redis, error: Error): Error {
  const otherWire = options.tls
    ? 'or write redis:// for rediss:// in it if that port does not speak TLS'
    : 'or write rediss:// in it if that port speaks TLS';
  return appError(
    'redis_unreachable',
    `Redis at ${redisAddress(options)} does not answer (${error.message}): start it, correct REDIS_URL, or unset REDIS_URL to ` +
      `use a private one, ${otherWire}`,
    { cause: error },
  );
}

/** Host and port only: a Redis URL may carry a password. */
export function redisAddress(options: RedisOptions): string {
  const [sentinel] = options.sentinels ?? [];
  if (sentinel)
    return `${options.name ?? ''} of the Sentinel at ${sentinel.host ?? ''}:${sentinel.port ?? ''}`;
  return options.path ?? `${options.host ?? '127.0.0.1'}:${options.port ?? 6379}`;
}

/** How long Redis may take to say goodbye. */
const GOODBYE_MS = 1_000;

/**
 * Closes politely, and all the same if Redis is gone or says nothing: a connection left open would reconnect for ever and
 * keep the process from ending. Throws nothing.
 */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') {
    const patience = setTimeout(() => redis.disconnect(), GOODBYE_MS);
    await redis.quit().catch(ignoreUnansweredGoodbye);
    clearTimeout(patience);
  }
  redis.disconnect();
}

function ignoreUnansweredGoodbye(): void {
  return undefined;
}
