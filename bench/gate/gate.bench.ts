import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CellKeys, createRedis, workerConnectionOptions } from '#libs/redis';
import { startTestRedis } from '#libs/testing';
import type { Round } from './gate-worker';

export interface GateResult {
  bench: 'gate';
  processes: number;
  callers: number;
  /** Acquire and settle of one call, each a command's share, with a day's window, a second's and a budget. */
  pairs_per_second: number;
  pairs_per_second_bar: number;
  /** Of one verb, at half the bar. */
  p99_ms: number;
  p99_ms_bar: number;
  passed: boolean;
}

const PROCESSES = 2;
const CALLERS = 64;
const PAIRS_BAR = 5_000;
const P99_BAR_MS = 5;
/** Absolute figures are a machine's as much as ours: only a third of the bar fails. */
const FLOOR = 1 / 3;
const REPEATS = 3;

/** How many calls a second one Redis lets through the gate, and how long a verb takes at half the bar. */
export async function benchGate(pairs: number): Promise<GateResult> {
  const redis = await startTestRedis();
  const client = createRedis(redis.url, workerConnectionOptions());
  const keys = new CellKeys('bench');
  await client.hset(keys.run('acme', 'run_1'), { state: 'running' });
  await client.hset(keys.company('acme', 'run_1', 'c_1'), { state: 'pending' });
  const workers = Array.from({ length: PROCESSES }, (_, i) =>
    fork(join(__dirname, 'gate-worker.js'), [redis.url, 'bench', `p${i}`]),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const each = Math.ceil(pairs / PROCESSES);
    await runRound(workers, { name: 'warm-up', pairs: each, callers: CALLERS / PROCESSES });
    const rates: number[] = [];
    const p99s: number[] = [];
    for (let i = 0; i < REPEATS; i += 1) {
      const fast = { name: `fast${i}`, pairs: each, callers: CALLERS / PROCESSES };
      rates.push((await runRound(workers, fast)).pairsPerSecond);
      const perSecond = PAIRS_BAR / 2 / PROCESSES;
      const steady = { name: `steady${i}`, pairs: perSecond * 4, perSecond };
      p99s.push(quantile((await runRound(workers, steady)).latencies, 0.99));
    }
    const rate = quantile(rates, 0.5);
    const p99 = quantile(p99s, 0.5);
    return {
      bench: 'gate',
      processes: PROCESSES,
      callers: CALLERS,
      pairs_per_second: Math.round(rate),
      pairs_per_second_bar: PAIRS_BAR,
      p99_ms: Math.round(p99 * 100) / 100,
      p99_ms_bar: P99_BAR_MS,
      passed: rate >= PAIRS_BAR * FLOOR && p99 <= P99_BAR_MS / FLOOR,
    };
  } finally {
    await Promise.all(workers.map(ended));
    await client.quit();
    await redis.stop();
  }
}

async function runRound(
  workers: readonly ChildProcess[],
  round: Round,
): Promise<{ pairsPerSecond: number; latencies: number[] }> {
  const replies = await Promise.all(
    workers.map(async (worker) => {
      const reply = once(worker, 'message') as Promise<[{ seconds: number; latencies: number[] }]>;
      worker.send(round);
      return (await reply)[0];
    }),
  );
  const slowest = Math.max(...replies.map(({ seconds }) => seconds));
  return {
    pairsPerSecond: (round.pairs * workers.length) / slowest,
    latencies: replies.flatMap(({ latencies }) => latencies),
  };
}

async function ended(worker: ChildProcess): Promise<void> {
  const exited = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exited;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
