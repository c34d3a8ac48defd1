import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ENV_CATALOGUE } from '#libs/config';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { timeOurFlow } from './our-flow';
import { timeRawFlow } from './raw-flow';

export interface PipelineResult {
  bench: 'pipeline';
  companies: number;
  processes: number;
  concurrency: number;
  repeats: number;
  /** Medians. */
  ours_per_second: number;
  raw_bullmq_per_second: number;
  /** Median of the ratios pair by pair. */
  ratio: number;
  ratio_floor: number;
  passed: boolean;
}

const PROCESSES = 2;
/** The default of `LEADGEN_ENRICH_CONCURRENCY`, on both sides. */
const CONCURRENCY = Number(ENV_CATALOGUE.workers.enrichConcurrency.defaultText);
const RATIO_FLOOR = 0.45;

/** Our pipeline against a raw BullMQ flow of as many no-op jobs: same Redis, processes, concurrency, adds, in turn. */
export async function benchPipeline(companies: number, repeats: number): Promise<PipelineResult> {
  const pairs: { ours: number; raw: number }[] = [];
  for (let round = 0; round < repeats; round += 1) {
    const raw = await withRedis((redis) => timeRaw(redis, companies));
    const ours = await withRedis((redis) => timeOurs(redis, companies));
    pairs.push({ ours: (companies / ours) * 1_000, raw: (companies / raw) * 1_000 });
  }
  const ratio = median(pairs.map(({ ours, raw }) => ours / raw));
  return {
    bench: 'pipeline',
    companies,
    processes: PROCESSES,
    concurrency: CONCURRENCY,
    repeats,
    ours_per_second: Math.round(median(pairs.map(({ ours }) => ours))),
    raw_bullmq_per_second: Math.round(median(pairs.map(({ raw }) => raw))),
    ratio: Math.round(ratio * 1_000) / 1_000,
    ratio_floor: RATIO_FLOOR,
    passed: ratio >= RATIO_FLOOR,
  };
}

async function timeRaw(redis: TestRedis, companies: number): Promise<number> {
  const workers = await startWorkers('raw-worker.js', [redis.url, '{raw}', String(CONCURRENCY)]);
  try {
    return await timeRawFlow(redis.url, '{raw}', companies);
  } finally {
    await stopWorkers(workers);
  }
}

async function timeOurs(redis: TestRedis, companies: number): Promise<number> {
  const workers = await startWorkers('enrich-worker.js', [redis.url, 'bench', String(CONCURRENCY)]);
  try {
    return await timeOurFlow(redis.url, 'bench', companies);
  } finally {
    await stopWorkers(workers);
  }
}

async function startWorkers(file: string, args: string[]): Promise<ChildProcess[]> {
  const workers = Array.from({ length: PROCESSES }, () => fork(join(__dirname, file), args));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return workers;
}

async function stopWorkers(workers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.map((worker) => {
      const exited = once(worker, 'exit');
      worker.kill('SIGKILL');
      return exited;
    }),
  );
}

async function withRedis<T>(use: (redis: TestRedis) => Promise<T>): Promise<T> {
  const redis = await startTestRedis();
  try {
    return await use(redis);
  } finally {
    await redis.stop();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
