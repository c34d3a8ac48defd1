import { Worker } from 'bullmq';
import { createRedis, workerConnectionOptions } from '#libs/redis';

/** One process of the reference: BullMQ with the same options as ours, and nothing to do. */
function main([redisUrl = '', prefix = '', concurrency = '']: string[]): void {
  const worker = new Worker('enrich', () => Promise.resolve(null), {
    connection: createRedis(redisUrl, workerConnectionOptions()),
    prefix,
    concurrency: Number(concurrency),
    lockDuration: 10_000,
    stalledInterval: 5_000,
    maxStalledCount: 5,
  });
  worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
  process.on('disconnect', () => process.exit(0));
  worker.on('ready', () => process.send?.({ type: 'ready' }));
}

main(process.argv.slice(2));
