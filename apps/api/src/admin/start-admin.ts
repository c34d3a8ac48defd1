import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { parseOpsUsers } from '#libs/access';
import { NestLogger } from '#libs/cell';
import { appError } from '#libs/contracts';
import { METRICS_CONTENT_TYPE, type Metrics } from '#libs/observability';
import { BoardQueues } from '#libs/queue';
import { RedisGateOperations } from '#libs/vendor-gate';
import { ProblemFilter } from '../problem.filter';
import { problemOfValidation } from '../problem';
import { AdminModule, type AdminContext } from './admin.module';
import { OpsAccess } from './ops-access';
import { OpsAudit } from './ops-audit';
import { BOARD_PATH, QueueBoard } from './queue-board';

export interface AdminServer {
  url: string;
  close(): Promise<void>;
}

const BODY_LIMIT = '16kb';

/**
 * The port of those who run the cell, an HTTP server of its own beside the tenants'. Undefined: no port is set.
 * Throws `config_invalid` where nobody may use it.
 */
export async function startAdmin(context: AdminContext): Promise<AdminServer | undefined> {
  const { port, host, users: text = '' } = context.settings.admin;
  if (port === undefined) return undefined;
  const users = parseOpsUsers(text);
  if (users.length === 0) {
    throw appError(
      'config_invalid',
      'LEADGEN_ADMIN_PORT is set and LEADGEN_OPS_USERS names nobody: add an entry that leadgen ops hash-password makes, or unset the port',
    );
  }
  const { logger, redis, keys, metrics } = context;
  const app = await NestFactory.create<NestExpressApplication>(AdminModule.forProcess(context), {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  const queues = new BoardQueues(redis, keys.bullPrefix());
  const board = new QueueBoard(queues, new RedisGateOperations(redis, keys), app.get(OpsAudit));
  app.disable('x-powered-by');
  app.use(securityHeaders(), noStore);
  app.use(new OpsAccess(users, logger).middleware);
  app.use(BOARD_PATH, board.middleware);
  app.use('/metrics', showMetrics(metrics));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: problemOfValidation,
    }),
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  await app.listen(port, host);
  return {
    url: await app.getUrl(),
    close: async () => {
      await app.close();
      await queues.disconnect();
    },
  };
}

/** What the board's page needs and nothing else: it writes styles into itself, and asks nobody but us. */
function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** The figures of this process, for a person who is here already: a scraper has the metrics port. */
function showMetrics(metrics: Metrics) {
  return async (_request: Request, response: Response): Promise<void> => {
    response.type(METRICS_CONTENT_TYPE).send(await metrics.text());
  };
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
