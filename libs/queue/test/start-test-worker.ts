import { Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { StagePayload } from '#libs/contracts';
import type { CellKeys } from '#libs/redis';
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
}

/** A worker of the enrich queue, in this process, whose handler is a function. */
export async function startTestWorker(
  { redisUrl, keys, concurrency = 1, finishMs = 60_000 }: TestWorkerOptions,
  handle: (payload: StagePayload<'enrich'>, context: StageContext) => Promise<StageResult>,
): Promise<TestWorker> {
  @Injectable()
  class TestHandler implements StageHandler<'enrich'> {
    readonly stage = 'enrich';
    readonly handle = handle;
  }
  const reports: StageJobReport[] = [];
  const app = await NestFactory.createApplicationContext(
    stageWorkerModule({
      stage: 'enrich',
      concurrency,
      redisUrl,
      keys,
      handler: TestHandler,
      imports: [],
      finishMs,
      observer: { jobEnded: (report) => reports.push(report) },
      onError: () => undefined,
    }),
    { logger: false, abortOnError: false },
  );
  return { reports, stop: () => app.close() };
}
