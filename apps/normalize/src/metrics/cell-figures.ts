import { Inject, Injectable } from '@nestjs/common';
import { REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { METRICS, leaderSample, type LeaderSample } from '#libs/observability';
import { QueueReadings } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RunMarks, RunRepository, WorkerRegistry } from '#libs/run-state';
import { CellTuning, RedisGateOperations } from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { VENDORS } from '../plan/vendors.provider';
import { BudgetFigures } from './budget-figures';
import { capFigures } from './cap-figures';
import { cellCaps } from './cell-caps';
import { QueueFigures } from './queue-figures';
import { redisFigures } from './redis-figures';
import { activeRuns, runFigures } from './run-figures';

/** What one scrape has read serves others that come right after. */
const FRESH_MS = 3_000;

/**
 * What Redis knows of the cell, read for whoever scrapes the leader. The work is bounded: a look into each queue and cap, and
 * the oldest two thousand of the runs that have not ended; nothing goes through keys.
 */
@Injectable()
export class CellFigures {
  private readonly gate: RedisGateOperations;
  private readonly queues: QueueFigures;
  private readonly budgets: BudgetFigures;
  private readonly marks: RunMarks;
  private readonly workers: WorkerRegistry;
  private last: { atMs: number; samples: Promise<LeaderSample[]> } | undefined;

  constructor(
    @Inject(REDIS) private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly runs: RunRepository,
    @Inject(VENDORS) private readonly vendors: VendorRegistry,
    private readonly tuning: CellTuning,
  ) {
    this.gate = new RedisGateOperations(redis, keys);
    this.queues = new QueueFigures(redis, keys, new QueueReadings(redis, keys));
    this.marks = new RunMarks(redis, keys);
    this.budgets = new BudgetFigures(redis, keys, settings, this.marks);
    this.workers = new WorkerRegistry(redis, keys);
  }

  samples(): Promise<LeaderSample[]> {
    const nowMs = performance.now();
    if (this.last && nowMs - this.last.atMs < FRESH_MS) return this.last.samples;
    const samples = this.read();
    this.last = { atMs: nowMs, samples };
    // What failed is tried again by the next scrape.
    samples.catch(() => (this.last = undefined));
    return samples;
  }

  private async read(): Promise<LeaderSample[]> {
    const [seconds, micros] = await this.redis.time();
    const nowMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    const caps = await cellCaps(this.gate, this.vendors, this.tuning, this.settings.runtime.offline);
    const active = await activeRuns(this.redis, this.keys, this.runs);
    const [doubts, ...read] = await Promise.all([
      this.gate.countDoubts(),
      this.queues.read(caps, nowMs),
      capFigures(this.gate, caps, nowMs),
      runFigures(active, this.marks, nowMs),
      this.budgets.read(active, nowMs),
      this.workerFigures(),
      this.serverFigures(),
    ]);
    return [
      leaderSample('leadgen_leader', {}, 1),
      leaderSample('leadgen_calls_in_doubt', {}, doubts),
      ...read.flat(),
    ];
  }

  private async workerFigures(): Promise<LeaderSample[]> {
    const { stage: kinds } = METRICS.leadgen_workers.labels;
    const alive = await Promise.all(kinds.map((stage) => this.workers.list(stage)));
    const skews = alive.flat().map(({ skewMs }) => Math.abs(skewMs));
    return [
      ...kinds.map((stage, i) => leaderSample('leadgen_workers', { stage }, alive[i]?.length ?? 0)),
      leaderSample('leadgen_worker_clock_skew_seconds', {}, Math.max(0, ...skews) / 1_000),
    ];
  }

  private async serverFigures(): Promise<LeaderSample[]> {
    const sections = await Promise.all([this.redis.info('memory'), this.redis.info('persistence')]);
    return redisFigures(sections.join('\n'));
  }
}
