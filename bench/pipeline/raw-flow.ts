import { FlowProducer, Queue } from 'bullmq';
import { createRedis, workerConnectionOptions } from '#libs/redis';
import { childrenEnded } from './children-ended';

const CHUNK = 500;

/**
 * The reference: one BullMQ parent with `jobs` no-op children, added in the same chunks as ours. Answers the
 * milliseconds from the first add until the last child has ended. `run` is part of the job ids.
 */
export async function timeRawFlow(
  redisUrl: string,
  prefix: string,
  jobs: number,
  run: string,
): Promise<number> {
  const parent = `export-${run}`;
  const redis = createRedis(redisUrl, workerConnectionOptions());
  await redis.connect();
  const shared = { connection: redis, prefix };
  const flows = new FlowProducer(shared);
  const enrich = new Queue('enrich', shared);
  // As in ours, a child that nobody works on keeps the parent waiting until all others are added.
  await flows.add({
    name: 'export',
    queueName: 'export',
    opts: { jobId: parent },
    children: [{ name: 'normalize', queueName: 'normalize', opts: { jobId: `normalize-${run}` } }],
  });
  const started = performance.now();
  for (let first = 0; first < jobs; first += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, jobs - first) }, (_, i) => first + i);
    await enrich.addBulk(chunk.map((n) => rawJob(`${run}-${n}`, prefix, parent)));
  }
  await childrenEnded(redis, `${prefix}:export:${parent}`);
  const elapsed = performance.now() - started;
  await Promise.all([flows.close(), enrich.close()]);
  await redis.quit();
  return elapsed;
}

function rawJob(id: string, prefix: string, parent: string): Parameters<Queue['addBulk']>[0][number] {
  return {
    name: 'enrich',
    data: { v: 1, tenantId: 'acme', runId: 'raw', companyId: id, hop: 0, epoch: 0 },
    opts: {
      jobId: id,
      parent: { id: parent, queue: `${prefix}:export` },
      ignoreDependencyOnFailure: true,
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}
