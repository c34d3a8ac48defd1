import { hostname } from 'node:os';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadSettings, type Settings } from '#libs/config';
import { LANE_WORKERS, laneQueue, STAGES, type StageName } from '#libs/contracts';
import { createLogger, isTracing, type Logger, type Metrics } from '#libs/observability';
import { announceReady, exitOnFailedStart, onShutdown, startTracing, TRACES_FLUSH_MS } from '#libs/process';
import {
  INTERRUPT_GRACE_MS,
  stageWorkerModule,
  type StageHandler,
  type StageJobReport,
  type StageObserver,
} from '#libs/queue';
import { CellKeys, closeRedis, RedisClock, type RedisClient } from '#libs/redis';
import { RunTraces, WorkerRegistry } from '#libs/run-state';
import { CellModule, REDIS, requireRedisUrl } from './cell.module';
import { countJobs } from './count-jobs';
import { MetricsPort } from './metrics-port';
import { NestLogger } from './nest-logger';
import { processMetrics } from './process-metrics';
import { noteJobEnd, traceJobs } from './trace-job';

export interface StageWorkerApp {
  stage: StageName;
  handler: Type<StageHandler>;
  /** Jobs this process works on at a time. */
  concurrency: (settings: Settings) => number;
  /** Whether this process serves lanes and leaves the stage's queue to others; it is known as one of the lanes' workers. */
  lanesOnly?: (settings: Settings) => boolean;
  /** The app's own module: what the handler needs besides the cell. */
  module: Type | DynamicModule;
  /** Work the process does beside its queue (the reconciler); answers how to stop it. */
  duties?: (context: { get: <T>(token: Type<T>) => T; logger: Logger }) => { stop: () => Promise<void> };
}

const HEARTBEAT_MS = 5_000;

/** The whole life of a worker process: settings, cell, queue, heartbeat, readiness, drain on SIGTERM. */
export async function startStageWorker(app: StageWorkerApp): Promise<void> {
  await exitOnFailedStart(app.stage, () => start(app));
}

async function start(app: StageWorkerApp): Promise<void> {
  const settings = loadSettings();
  const logger = createLogger({ app: app.stage, level: settings.runtime.logLevel });
  for (const warning of settings.warnings) logger.warn({ event: 'setting_ignored' }, warning);
  const stopTracing = await startTracing(settings, { app: app.stage, logger });
  const traces = Promise.withResolvers<RunTraces>();
  const metrics = await processMetrics(app.stage, settings, logger);
  const port = await MetricsPort.open(settings, metrics);
  const root = rootModule(app, { settings, logger, metrics, tracing: traceJobs(traces.promise) });
  const nest = await NestFactory.createApplicationContext(root, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  traces.resolve(nest.get(RunTraces));
  const registry = nest.get(WorkerRegistry);
  const instance = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
  const clock = nest.get(RedisClock);
  // Who counts on a worker of the stage counts on its queue being served.
  const knownAs = app.lanesOnly?.(settings) === true ? LANE_WORKERS : app.stage;
  const beat = (): void => {
    registry.beat(knownAs, instance, clock.skewMs()).catch((error: unknown) => {
      logger.warn({ err: String(error) }, 'heartbeat failed');
    });
  };
  await registry.beat(knownAs, instance, clock.skewMs());
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  const duties = app.duties?.({ get: (token) => nest.get(token), logger });

  const redis = nest.get<RedisClient>(REDIS);
  port.ready(redis);

  onShutdown(
    async () => {
      port.leave();
      clearInterval(heartbeat);
      await registry.leave(knownAs, instance);
      await duties?.stop();
      await nest.close();
      await closeRedis(redis);
      await port.close();
      metrics.stop();
      await stopTracing();
      logger.info({ event: 'drained' }, 'worker drained');
    },
    {
      capMs: settings.workers.drainMs,
      onFault: ({ event, error }) => logger.error({ event, err: String(error) }, 'worker fault'),
    },
  );
  const { url } = port;
  logger.info({ event: 'ready', stage: app.stage, metrics_url: url }, 'worker ready');
  announceReady({ stage: app.stage, ...(url !== undefined && { metricsUrl: url }) });
}

interface WorkerContext {
  settings: Settings;
  logger: Logger;
  metrics: Metrics;
  tracing: Pick<StageObserver, 'around'>;
}

function rootModule(app: StageWorkerApp, { settings, logger, metrics, tracing }: WorkerContext): Type {
  const count = countJobs(metrics, app.stage);
  @Module({
    imports: [
      CellModule.forProcess({ settings, logger, role: 'worker', metrics }),
      stageWorkerModule({
        stage: app.stage,
        concurrency: app.concurrency(settings),
        redisUrl: requireRedisUrl(settings),
        keys: new CellKeys(settings.runtime.cell),
        handler: app.handler,
        lanesOnly: app.lanesOnly?.(settings) ?? false,
        imports: [app.module],
        finishMs: finishMs(settings.workers.drainMs),
        observer: {
          ...tracing,
          jobEnded: (report) => {
            logJob(logger, report);
            count(report);
            noteJobEnd(report);
          },
        },
        onError: (error) => logger.warn({ err: error.message }, 'queue worker error'),
      }),
    ],
  })
  class WorkerRootModule {}
  return WorkerRootModule;
}

/**
 * Leaves a handler the time to let go of its job, the job a second to reach its queue, and the last spans theirs, before the
 * drain's end.
 */
function finishMs(drainMs: number): number {
  return Math.max(0, drainMs - INTERRUPT_GRACE_MS - 1_000 - (isTracing() ? TRACES_FLUSH_MS : 0));
}

function logJob(logger: Logger, report: StageJobReport): void {
  const { error, outcome } = report;
  const fields = {
    event: 'job_ended',
    stage: report.stage,
    queue: report.lane === null ? STAGES[report.stage].queue : laneQueue(report.lane),
    tenant_id: report.tenantId,
    run_id: report.runId,
    company_id: report.companyId,
    attempt: report.attempt,
    outcome,
    duration_ms: report.durationMs,
    ...(error && { err: error.message }),
  };
  if (outcome === 'failed') logger.error(fields, 'job failed');
  else if (outcome === 'retry') logger.warn(fields, 'job will be tried again');
  else if (outcome === 'lost') logger.warn(fields, 'job was lost to another worker');
  else logger.debug(fields, 'job ended');
}
