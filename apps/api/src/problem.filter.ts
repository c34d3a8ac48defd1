import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { ErrorCode } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { isRedisOutage } from '#libs/redis';
import { problemOf, type Problem } from './problem';

const RETRY_AFTER_S = 2;

/** What Nest and the body parser refuse by themselves. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  413: 'too_large',
  500: 'internal',
};

/** The one mapper from errors to HTTP answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.toProblem(thrown);
    if (problem.status === 503) response.setHeader('retry-after', RETRY_AFTER_S);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private toProblem(thrown: unknown): Problem | (Record<string, unknown> & { status: number }) {
    if (thrown instanceof HttpException) return problemOfHttp(thrown);
    const error = toError(thrown);
    if (error instanceof AppError) {
      const problem = problemOf(error.code, error.message);
      if (problem.status >= 500)
        this.logger.error(
          { event: 'request_failed', err: error.message, code: error.code },
          'request failed',
        );
      return problem;
    }
    if (isRedisOutage(error)) {
      this.logger.warn({ event: 'redis_unreachable', err: error.message }, 'redis unreachable');
      return problemOf('redis_unreachable', 'Redis does not answer; try again shortly.');
    }
    this.logger.error({ event: 'request_failed', err: error.message, stack: error.stack }, 'request failed');
    return problemOf('internal', error.message);
  }
}

function problemOfHttp(exception: HttpException): Record<string, unknown> & { status: number } {
  const body = exception.getResponse();
  const status = exception.getStatus();
  // Our own problems, and the health check's report, pass as they are.
  if (typeof body === 'object' && ('code' in body || 'details' in body)) return { ...body, status };
  return { ...problemOf(CODE_OF_STATUS[status] ?? 'invalid_request', exception.message), status };
}
