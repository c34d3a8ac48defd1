import { appError } from '#libs/contracts';
import { createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';

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
    // WATCH belongs to one connection: nothing may be queued up or sent again on the next one.
    this.redis = createRedis(url, {
      ...workerConnectionOptions(),
      autoResendUnfulfilledCommands: false,
    });
    const redis = this.redis;
    redis.pipeline = (): ReturnType<RedisClient['multi']> => {
      const transaction = redis.multi();
      const exec = transaction.exec.bind(transaction);
      transaction.exec = async () => {
        const results = await exec();
        if (results === null) throw fenceMoved();
        return results;
      };
      return transaction;
    };
  }

  /** Runs `add` if the fence holds `token`. Throws `fenced_out` if it does not, or no longer does when the adds commit. */
  async whileFenceHolds<T>(fenceKey: string, token: string, add: () => Promise<T>): Promise<T> {
    const previous = this.turn;
    const mine = (async () => {
      await previous;
      await this.redis.watch(fenceKey);
      try {
        if ((await this.redis.get(fenceKey)) !== token) throw fenceMoved();
        return await add();
      } finally {
        if (this.redis.status === 'ready') await this.redis.unwatch();
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
