import { FlowProducer, Queue, type FlowJob } from 'bullmq';
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

/**
 * The same jobs as BullMQ's own producer of flows adds them: parent and children in one transaction, so that nobody works on any
 * of them until all are there. Answers the milliseconds from the add until the last child has ended.
 */
export async function timeWholeFlow(
  redisUrl: string,
  prefix: string,
  jobs: number,
  run: string,
): Promise<number> {
  const parent = `export-${run}`;
  const redis = createRedis(redisUrl, workerConnectionOptions());
  await redis.connect();
  const flows = new FlowProducer({ connection: redis, prefix });
  const started = performance.now();
  await flows.add({
    name: 'export',
    queueName: 'export',
    opts: { jobId: parent },
    children: [
      { name: 'normalize', queueName: 'normalize', opts: { jobId: `normalize-${run}` } },
      ...Array.from({ length: jobs }, (_, n) => {
        const { name, data, opts } = noopJob(`${run}-${n}`);
        return { name, data, opts, queueName: 'enrich' };
      }),
    ],
  });
  await childrenEnded(redis, `${prefix}:export:${parent}`);
  const elapsed = performance.now() - started;
  await flows.close();
  await redis.quit();
  return elapsed;
}

function rawJob(id: string, prefix: string, parent: string): Parameters<Queue['addBulk']>[0][number] {
  const job = noopJob(id);
  return { ...job, opts: { ...job.opts, parent: { id: parent, queue: `${prefix}:export` } } };
}

function noopJob(id: string): { name: string; data: object; opts: NonNullable<FlowJob['opts']> } {
  return {
    name: 'enrich',
    data: { v: 1, tenantId: 'acme', runId: 'raw', companyId: id, hop: 0, epoch: 0 },
    opts: { jobId: id, ignoreDependencyOnFailure: true, removeOnComplete: true, removeOnFail: true },
  };
}
