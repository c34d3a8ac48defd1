import { Injectable, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { StageName, StagePayload } from '#libs/contracts';
import type { CellKeys } from '#libs/redis';
import { LaneList } from '../src/lanes/lane-list';
import type { StageContext, StageHandler, StageResult } from '../src/stage-handler';
import type { StageJobReport } from '../src/stage-runner';
import { stageWorkerModule } from '../src/stage-worker.module';

export interface TestWorker {
  /** What the runner reported so far. */
  reports: StageJobReport[];
  /** As on SIGTERM: takes no more jobs, waits for those in hand. */
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  redisUrl: string;
  keys: CellKeys;
  concurrency?: number;
  finishMs?: number;
  /** Lanes to serve besides the stage's own queue. */
  lanes?: LaneList;
  lanesOnly?: boolean;
}

/** A worker of a stage's queue, in this process, whose handler is a function. */
export async function startTestWorker<Name extends StageName>(
  stage: Name,
  { redisUrl, keys, concurrency = 1, finishMs = 60_000, lanes, lanesOnly = false }: TestWorkerOptions,
  handle: (payload: StagePayload<Name>, context: StageContext) => Promise<StageResult>,
): Promise<TestWorker> {
  @Injectable()
  class TestHandler implements StageHandler<Name> {
    readonly stage = stage;
    readonly handle = handle;
  }
  const reports: StageJobReport[] = [];
  const app = await NestFactory.createApplicationContext(
    stageWorkerModule({
      stage,
      concurrency,
      redisUrl,
      keys,
      handler: TestHandler,
      lanesOnly,
      imports: lanes ? [lanesModule(lanes)] : [],
      finishMs,
      observer: { jobEnded: (report) => reports.push(report) },
      onError: () => undefined,
    }),
    { logger: false, abortOnError: false },
  );
  return { reports, stop: () => app.close() };
}

function lanesModule(lanes: LaneList): DynamicModule {
  return {
    module: class LanesModule {},
    providers: [{ provide: LaneList, useValue: lanes }],
    exports: [LaneList],
  };
}
