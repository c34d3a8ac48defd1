import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { METRICS, MetricsPort, NestLogger, processMetrics, REDIS } from '#libs/cell';
import { loadSettings, type Settings } from '#libs/config';
import { createLogger, type Logger, type Metrics } from '#libs/observability';
import { announceReady, exitOnFailedStart, onShutdown, startTracing } from '#libs/process';
import { CellKeys, closeRedis, type RedisClient } from '#libs/redis';
import { RunFlow } from '#libs/queue';
import { startAdmin, type AdminServer } from './admin/start-admin';
import { ApiModule } from './api.module';
import { protectEdge } from './edge/protect-edge';
import { TimedExpressAdapter } from './edge/timed-express.adapter';
import { HealthController } from './health/health.controller';
import { serveLegacyRoutes } from './deprecated/serve-legacy-routes';
import { measureRequests } from './metrics/measure-requests';
import { serveOpenApi } from './openapi/serve-openapi';
import { ProblemFilter } from './problem.filter';
import { problemOfValidation } from './problem';

/**
 * Connections that the system has taken and Node has not, or whose request is still being read, would be reset by
 * closing at once; so long new ones are still served, at least.
 */
const LINGER_MS_MIN = 300;
/** After the time that an upload may take, its route has answered. */
const UPLOAD_ANSWER_MS = 10_000;

/** The HTTP edge: enqueues and shows runs, works on none. */
export async function startApi(): Promise<void> {
  await exitOnFailedStart('api', async () => {
    const settings = loadSettings();
    const logger = createLogger({ app: 'api', level: settings.runtime.logLevel });
    for (const warning of settings.warnings) logger.warn({ event: 'setting_ignored' }, warning);
    const stopTracing = await startTracing(settings, { app: 'api', logger });
    const metrics = await processMetrics('api', settings, logger);
    const port = await MetricsPort.open(settings, metrics);
    const app = await createApi(settings, logger, metrics);
    const [redis, keys, flow] = [app.get<RedisClient>(REDIS), app.get(CellKeys), app.get(RunFlow)];
    const admin = await startAdmin({ settings, logger, redis, keys, flow, metrics });
    await app.listen(settings.api.port, settings.api.host);
    const url = await app.getUrl();
    port.ready(redis);
    const close = async (): Promise<void> => {
      port.leave();
      await closeApi(app, admin, settings.api.lingerMs);
      await port.close();
      await stopTracing();
    };
    onShutdown(close, {
      capMs: settings.workers.drainMs,
      onFault: ({ event, error }) => logger.error({ event, err: String(error) }, 'api fault'),
    });
    const { url: metricsUrl } = port;
    logger.info({ event: 'ready', url, admin_url: admin?.url, metrics_url: metricsUrl }, 'api ready');
    announceReady({
      url,
      ...(admin && { adminUrl: admin.url }),
      ...(metricsUrl !== undefined && { metricsUrl }),
    });
  });
}

/** `given`: the metrics of the process, if it has any already. */
export async function createApi(
  settings: Settings,
  logger: Logger,
  given?: Metrics,
): Promise<NestExpressApplication> {
  const metrics = given ?? (await processMetrics('api', settings, logger));
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.forProcess(settings, logger, metrics),
    new TimedExpressAdapter({
      headersTimeoutMs: settings.api.headersTimeoutMs,
      requestTimeoutMs: settings.datasets.uploadMsMax + UPLOAD_ANSWER_MS,
    }),
    { logger: new NestLogger(logger), abortOnError: false, bodyParser: false },
  );
  app.use(measureRequests(metrics));
  protectEdge(app, settings);
  serveLegacyRoutes(app, settings, logger);
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: problemOfValidation,
    }),
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  serveOpenApi(app);
  return app;
}

/**
 * Says that it is not ready, and goes on serving for `lingerMs`, so that whoever balances the load has noticed by the end.
 * Then tells streams and waiting requests to come again, answers what is under way, and closes.
 */
export async function closeApi(
  app: NestExpressApplication,
  admin?: AdminServer,
  lingerMs = LINGER_MS_MIN,
): Promise<void> {
  app.get(HealthController).leave();
  const server = app.getHttpServer();
  server.prependListener('request', (_request: unknown, response: ServerResponse) => {
    response.setHeader('connection', 'close');
  });
  await delay(Math.max(lingerMs, LINGER_MS_MIN));
  await admin?.close();
  await app.close();
  app.get<Metrics>(METRICS).stop();
  await app.get(RunFlow).close();
  await closeRedis(app.get<RedisClient>(REDIS));
}
