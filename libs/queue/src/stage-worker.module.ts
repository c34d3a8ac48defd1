import { BullModule, getQueueToken, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import { RedisQueueBackend, type Job, type Queue } from 'bullmq';
import { STAGES, type StageName } from '#libs/contracts';
import { CellKeys, serverOptions, shareWrites, type RedisClient, workerConnectionOptions } from '#libs/redis';
import { shareJobEnds } from './job-commands';
import { LaneList } from './lanes/lane-list';
import { LaneWorkers } from './lanes/lane-workers';
import type { StageHandler } from './stage-handler';
import { StageRunner, type StageObserver } from './stage-runner';
import { WORKER_TIMING } from './worker-timing';

export interface StageWorkerOptions {
  stage: StageName;
  concurrency: number;
  redisUrl: string;
  keys: CellKeys;
  handler: Type<StageHandler>;
  /** The process serves lanes and leaves the stage's queue to others. */
  lanesOnly?: boolean;
  /** What the handler needs. A `LaneList` among their exports makes this process serve its lanes, too. */
  imports: DynamicModule['imports'];
  observer: StageObserver;
  /** How long jobs in hand may go on when the process is to stop; then they are given back, uncounted. */
  finishMs: number;
  /** The worker's connection failed or an internal step of BullMQ did; it goes on by itself. */
  onError: (error: Error) => void;
}

const HANDLER = Symbol('stage handler');
const LANE_WORKERS = Symbol('lane workers');
const HEARD_QUEUE = Symbol('queue whose errors are heard');

/** A Nest module that works on one stage's queue through `@nestjs/bullmq` until the application shuts down. */
export function stageWorkerModule(options: StageWorkerOptions): DynamicModule {
  return {
    module: class StageWorkerModule {},
    imports: [
      ...(options.imports ?? []),
      BullModule.forRoot({
        // Options, not a connection of ours: BullMQ closes what it opens itself.
        connection: { ...serverOptions(options.redisUrl), ...workerConnectionOptions() },
        prefix: options.keys.bullPrefix(),
      }),
      // Only this brings along the part of the binding that starts workers.
      BullModule.registerQueue({ name: STAGES[options.stage].queue }),
    ],
    providers: [
      options.handler,
      { provide: HANDLER, useExisting: options.handler },
      // Not in the processor, which waits for its handler's Redis: until then BullMQ would write into our log itself.
      {
        provide: HEARD_QUEUE,
        useFactory: (queue: Queue) => queue.on('error', options.onError),
        inject: [getQueueToken(STAGES[options.stage].queue)],
      },
      ...(options.lanesOnly === true ? [] : [stageProcessor(options)]),
      {
        provide: LANE_WORKERS,
        useFactory: (handler: StageHandler, lanes?: LaneList) =>
          lanes && new LaneWorkers(lanes, { ...options, prefix: options.keys.bullPrefix(), handler }),
        inject: [HANDLER, { token: LaneList, optional: true }],
      },
    ],
  };
}

function stageProcessor(options: StageWorkerOptions): Type<WorkerHost> {
  @Injectable()
  @Processor(STAGES[options.stage].queue, {
    concurrency: options.concurrency,
    ...WORKER_TIMING,
  })
  class StageProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
    private readonly runner: StageRunner<StageName>;

    constructor(@Inject(HANDLER) handler: StageHandler) {
      super();
      this.runner = new StageRunner(handler, options.observer);
    }

    override process(job: Job, token?: string): Promise<null> {
      return this.runner.run(job, token);
    }

    @OnWorkerEvent('lockRenewalFailed')
    stopLostJobs(jobIds: string[]): void {
      for (const jobId of jobIds) this.runner.lockLost(jobId);
    }

    /** Jobs end in bunches. Not the connection that blocks: nothing is shared there. */
    async onApplicationBootstrap(): Promise<void> {
      const backend = this.worker.getBackend();
      if (!(backend instanceof RedisQueueBackend)) return;
      const redis = (await backend.client) as unknown as RedisClient;
      shareWrites(redis);
      shareJobEnds(redis, options.stage);
    }

    /** Nest closes the worker after this, which takes no more jobs and waits for those in hand. */
    beforeApplicationShutdown(): void {
      setTimeout(() => this.runner.giveBackAll(), options.finishMs).unref();
    }

    @OnWorkerEvent('error')
    report(error: Error): void {
      options.onError(error);
    }
  }
  return StageProcessor;
}
