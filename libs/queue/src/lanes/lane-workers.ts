import { setTimeout as delay } from 'node:timers/promises';
import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { Worker, type Job } from 'bullmq';
import { laneQueue, type StageName } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { closeRedis, createBusyRedis, type RedisClient } from '#libs/redis';
import { shareJobEnds } from '../job-commands';
import type { StageHandler } from '../stage-handler';
import { StageRunner, type StageObserver } from '../stage-runner';
import { WORKER_TIMING } from '../worker-timing';
import type { LaneList, LaneSpec } from './lane-list';
import { Lanes } from './lanes';

/** A company asleep in a lane holds a place, so that a wide cap's lane need not be as wide as the cap. */
const IN_HAND_MAX = 32;
const AGAIN_MS = 1_000;

export interface LaneWorkersOptions {
  redisUrl: string;
  prefix: string;
  handler: StageHandler;
  observer: StageObserver;
  /** As `StageWorkerOptions.finishMs`. */
  finishMs: number;
  onError: (error: Error) => void;
}

/**
 * The workers of a process's lanes: the stage's own handler on a queue per cap. They share one connection; an idle lane
 * costs one more that blocks.
 */
export class LaneWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly redis: RedisClient;
  private readonly lanes: Lanes;
  private readonly served: { worker: Worker; runner: StageRunner<StageName> }[] = [];
  private closing: Promise<unknown> | undefined;

  constructor(
    private readonly list: LaneList,
    private readonly options: LaneWorkersOptions,
  ) {
    this.redis = createBusyRedis(options.redisUrl);
    this.redis.on('error', options.onError);
    this.lanes = new Lanes(this.redis, options.prefix);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.redis.connect();
    this.list.onEach((spec) => this.open(spec));
  }

  /** Takes no more jobs from now on; those in hand may go on for a while. */
  beforeApplicationShutdown(): void {
    this.closing = Promise.all(this.served.map(({ worker }) => worker.close()));
    setTimeout(() => {
      for (const { runner } of this.served) runner.giveBackAll();
    }, this.options.finishMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.closing;
    await this.lanes.disconnect();
    await closeRedis(this.redis);
  }

  private open({ capId, concurrency }: LaneSpec): void {
    if (this.closing) return;
    const runner = new StageRunner(this.options.handler, this.options.observer, capId);
    const worker = new Worker(laneQueue(capId), (job: Job, token?: string) => runner.run(job, token), {
      connection: this.redis,
      prefix: this.options.prefix,
      concurrency: Math.max(1, Math.min(concurrency, IN_HAND_MAX)),
      ...WORKER_TIMING,
      autorun: false,
    });
    worker.on('error', this.options.onError);
    worker.on('lockRenewalFailed', (jobIds: string[]) => {
      for (const jobId of jobIds) runner.lockLost(jobId);
    });
    this.served.push({ worker, runner });
    this.serve(capId, worker).catch(this.options.onError);
  }

  /** Only a lane that can be closed is served: with another, BullMQ would hand the same jobs out over and over. */
  private async serve(capId: string, worker: Worker): Promise<void> {
    while (!this.closing) {
      try {
        await this.lanes.makeClosable(capId);
        await worker.waitUntilReady();
        break;
      } catch (error) {
        this.options.onError(toError(error));
        await delay(AGAIN_MS);
      }
    }
    if (this.closing) return;
    shareJobEnds(this.redis, 'enrich');
    await worker.run();
  }
}
