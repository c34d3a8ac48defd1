import { FlowProducer, Queue } from 'bullmq';
import { createRedis, workerConnectionOptions } from '#libs/redis';
import { childrenEnded } from './children-ended';

const CHUNK = 500;
const PARENT = 'export-raw';

/**
 * The reference: one BullMQ parent with `jobs` no-op children, added in the same chunks as ours. Answers the
 * milliseconds from the first add until the last child has ended.
 */
export async function timeRawFlow(redisUrl: string, prefix: string, jobs: number): Promise<number> {
  const redis = createRedis(redisUrl, workerConnectionOptions());
  await redis.connect();
  const shared = { connection: redis, prefix };
  const flows = new FlowProducer(shared);
  const enrich = new Queue('enrich', shared);
  // As in ours, a child that nobody works on keeps the parent waiting until all others are added.
  await flows.add({
    name: 'export',
    queueName: 'export',
    opts: { jobId: PARENT },
    children: [{ name: 'normalize', queueName: 'normalize', opts: { jobId: 'normalize-raw' } }],
  });
  const started = performance.now();
  for (let first = 0; first < jobs; first += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, jobs - first) }, (_, i) => first + i);
    await enrich.addBulk(chunk.map((n) => rawJob(n, prefix)));
  }
  await childrenEnded(redis, `${prefix}:export:${PARENT}`);
  const elapsed = performance.now() - started;
  await Promise.all([flows.close(), enrich.close()]);
  await redis.quit();
  return elapsed;
}

function rawJob(n: number, prefix: string): Parameters<Queue['addBulk']>[0][number] {
  return {
    name: 'enrich',
    data: { v: 1, tenantId: 'acme', runId: 'raw', companyId: `c_${n}`, hop: 0, epoch: 0 },
    opts: {
      jobId: `raw-${n}`,
      parent: { id: PARENT, queue: `${prefix}:export` },
      ignoreDependencyOnFailure: true,
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}
