import { RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import type { TestCell } from '#libs/testing';
import { RedisGateOperations } from '#libs/vendor-gate';

/** A person opens a vendor's cap before its time: the gate, and the lane in front of it. Answers when that was done. */
export async function reopenVendor(cell: TestCell, vendor: string): Promise<number> {
  const redisUrl = cell.env.REDIS_URL ?? '';
  const keys = new CellKeys('main');
  const connection = workerConnectionOptions();
  const redis = createRedis(redisUrl, connection);
  await redis.connect();
  const flow = new RunFlow({ redisUrl, keys, connection });
  await flow.connect();
  try {
    const capId = `sim-${vendor}`;
    if (!(await new RedisGateOperations(redis, keys).reopen(capId, 'a person'))) {
      throw new Error(`${vendor} was open`);
    }
    await flow.lanes.reopen(capId);
    return Date.now();
  } finally {
    await flow.close();
    await closeRedis(redis);
  }
}
