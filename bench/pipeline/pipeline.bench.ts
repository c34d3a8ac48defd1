import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ENV_CATALOGUE } from '#libs/config';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { timeOurFlow } from './our-flow';
import { timeRawFlow, timeWholeFlow } from './raw-flow';

export interface PipelineOptions {
  companies: number;
  repeats: number;
  /** Gated calls per company. */
  calls: number;
  /** Least share of the reference's jobs a second. */
  ratioFloor: number;
}

export interface PipelineResult {
  bench: 'pipeline';
  companies: number;
  gated_calls: number;
  processes: number;
  concurrency: number;
  repeats: number;
  /** Medians. */
  ours_per_second: number;
  /** Jobs added chunk by chunk, as ours are, while the first are worked on. */
  raw_bullmq_per_second: number;
  /** Jobs added by BullMQ's own producer of flows, all before the first is worked on: told, not held to. */
  whole_flow_per_second: number;
  /** Medians of the ratios round by round. */
  ratio: number;
  ratio_to_whole_flow: number;
  ratio_floor: number;
  passed: boolean;
}

const PROCESSES = 2;
/** The default of `LEADGEN_ENRICH_CONCURRENCY`, on both sides. */
const CONCURRENCY = Number(ENV_CATALOGUE.workers.enrichConcurrency.defaultText);
/** Jobs before those that count, on both sides: workers run for weeks, and their first seconds are their compiler's. */
const WARM_UP = 5_000;

/** Our pipeline against a raw BullMQ flow of as many no-op jobs: same Redis, processes, concurrency, adds, in turn. */
export async function benchPipeline({
  companies,
  repeats,
  calls,
  ratioFloor,
}: PipelineOptions): Promise<PipelineResult> {
  const rounds: { ours: number; raw: number; whole: number }[] = [];
  const perSecond = (ms: number): number => (companies / ms) * 1_000;
  for (let round = 0; round < repeats; round += 1) {
    const whole = await withRedis((redis) => timeRaw(redis, companies, timeWholeFlow));
    const raw = await withRedis((redis) => timeRaw(redis, companies, timeRawFlow));
    const ours = await withRedis((redis) => timeOurs(redis, companies, calls));
    rounds.push({ ours: perSecond(ours), raw: perSecond(raw), whole: perSecond(whole) });
  }
  const ratio = median(rounds.map(({ ours, raw }) => ours / raw));
  return {
    bench: 'pipeline',
    companies,
    gated_calls: calls,
    processes: PROCESSES,
    concurrency: CONCURRENCY,
    repeats,
    ours_per_second: Math.round(median(rounds.map(({ ours }) => ours))),
    raw_bullmq_per_second: Math.round(median(rounds.map(({ raw }) => raw))),
    whole_flow_per_second: Math.round(median(rounds.map(({ whole }) => whole))),
    ratio: Math.round(ratio * 1_000) / 1_000,
    ratio_to_whole_flow: Math.round(median(rounds.map(({ ours, whole }) => ours / whole)) * 1_000) / 1_000,
    ratio_floor: ratioFloor,
    passed: ratio >= ratioFloor,
  };
}

function timeRaw(redis: TestRedis, companies: number, time: typeof timeRawFlow): Promise<number> {
  return withWorkers('raw-worker.js', [redis.url, '{raw}', String(CONCURRENCY)], async () => {
    await time(redis.url, '{raw}', WARM_UP, 'warm-up');
    return time(redis.url, '{raw}', companies, 'counted');
  });
}

function timeOurs(redis: TestRedis, companies: number, calls: number): Promise<number> {
  return withWorkers('enrich-worker.js', [redis.url, 'bench', String(CONCURRENCY)], async () => {
    await timeOurFlow(redis.url, 'bench', WARM_UP, 1, calls);
    return timeOurFlow(redis.url, 'bench', companies, WARM_UP + 1, calls);
  });
}

/** Throws as soon as a worker ends by itself: nobody would do its jobs, and the benchmark would wait for them. */
async function withWorkers<T>(file: string, args: string[], use: () => Promise<T>): Promise<T> {
  const workers = Array.from({ length: PROCESSES }, () => fork(join(__dirname, file), args));
  const ended = Promise.race(workers.map((worker) => once(worker, 'exit'))).then(([code, signal]) => {
    throw new Error(`${file} ended by itself (${String(code ?? signal)})`);
  });
  // Its own end comes in the last step; by then nobody listens.
  ended.catch(() => undefined);
  try {
    await Promise.race([ended, Promise.all(workers.map((worker) => once(worker, 'message')))]);
    return await Promise.race([ended, use()]);
  } finally {
    await stopWorkers(workers);
  }
}

async function stopWorkers(workers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.filter(isRunning).map((worker) => {
      const exited = once(worker, 'exit');
      worker.kill('SIGKILL');
      return exited;
    }),
  );
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
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
