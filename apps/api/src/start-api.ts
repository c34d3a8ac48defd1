import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestLogger, REDIS } from '#libs/cell';
import { loadSettings, type Settings } from '#libs/config';
import { createLogger, type Logger } from '#libs/observability';
import { announceReady, exitOnFailedStart, onShutdown } from '#libs/process';
import { CellKeys, closeRedis, type RedisClient } from '#libs/redis';
import { RunFlow } from '#libs/queue';
import { startAdmin, type AdminServer } from './admin/start-admin';
import { ApiModule } from './api.module';
import { protectEdge } from './edge/protect-edge';
import { TimedExpressAdapter } from './edge/timed-express.adapter';
import { HealthController } from './health/health.controller';
import { serveLegacyRoutes } from './deprecated/serve-legacy-routes';
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
    const app = await createApi(settings, logger);
    const [redis, keys, flow] = [app.get<RedisClient>(REDIS), app.get(CellKeys), app.get(RunFlow)];
    const admin = await startAdmin({ settings, logger, redis, keys, flow });
    await app.listen(settings.api.port, settings.api.host);
    const url = await app.getUrl();
    onShutdown(() => closeApi(app, admin, settings.api.lingerMs), {
      capMs: settings.workers.drainMs,
      onFault: ({ event, error }) => logger.error({ event, err: String(error) }, 'api fault'),
    });
    logger.info({ event: 'ready', url, admin_url: admin?.url }, 'api ready');
    announceReady({ url, ...(admin && { adminUrl: admin.url }) });
  });
}

export async function createApi(settings: Settings, logger: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.forProcess(settings, logger),
    new TimedExpressAdapter({
      headersTimeoutMs: settings.api.headersTimeoutMs,
      requestTimeoutMs: settings.datasets.uploadMsMax + UPLOAD_ANSWER_MS,
    }),
    { logger: new NestLogger(logger), abortOnError: false, bodyParser: false },
  );
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
  await app.get(RunFlow).close();
  await closeRedis(app.get<RedisClient>(REDIS));
}
