import { appError } from '#libs/contracts';
import { createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { joinedAdds } from './job-commands';

/**
 * A connection on which BullMQ's bulk adds happen only while a fence still holds its token.
 *
 * BullMQ adds a chunk through one pipeline. Here that pipeline is a MULTI on a connection that WATCHes the fence, so
 * Redis itself drops the whole chunk if the fence moved after it was checked: a worker frozen between check and add
 * for however long adds nothing when it wakes.
 */
export class FencedConnection {
  readonly redis: RedisClient;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    // A WATCH is known to one connection only. Were this one to reconnect by itself, what was queued up meanwhile, or
    // is sent again, would commit unwatched on the next: it ends instead, and its owner opens another.
    this.redis = createRedis(url, {
      ...workerConnectionOptions(),
      autoResendUnfulfilledCommands: false,
      retryStrategy: () => null,
      reconnectOnError: () => false,
    });
    const redis = this.redis;
    redis.pipeline = (): ReturnType<RedisClient['multi']> => {
      const transaction = joinedAdds(redis);
      const exec = transaction.exec.bind(transaction);
      transaction.exec = async () => {
        const results = await exec();
        if (results === null) throw fenceMoved();
        return results;
      };
      return transaction;
    };
  }

  /** False once the connection is lost; nothing can be added through it any more. */
  get usable(): boolean {
    return this.redis.status !== 'close' && this.redis.status !== 'end';
  }

  /**
   * Runs `add` if the fence holds `token`. Throws `fenced_out` if it does not, or no longer does when the adds commit,
   * and ioredis's own error if the connection is lost: then nothing, or all of it, was added.
   */
  async whileFenceHolds<T>(fenceKey: string, token: string, add: () => Promise<T>): Promise<T> {
    const previous = this.turn;
    const mine = (async () => {
      await previous;
      try {
        const [, held] = await Promise.all([this.redis.watch(fenceKey), this.redis.get(fenceKey)]);
        if (held !== token) throw fenceMoved();
        return await add();
      } catch (error) {
        // An EXEC has ended the watch, whatever became of it.
        if (this.redis.status === 'ready') await this.redis.unwatch();
        throw error;
      }
    })();
    // One WATCH at a time; the next in line does not care how this one ended.
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

function fenceMoved(): Error {
  return appError('fenced_out', 'another worker has taken over adding companies, or adding has ended');
}
