import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { ErrorCode } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { isRedisFull, isRedisOutage } from '#libs/redis';
import { redisFull } from './redis-full';
import { problemOf, type Problem } from './problem';

/** For whom no better time is known: an outage may end at once, somebody's runs do not. */
const RETRY_AFTER_S: Readonly<Record<number, number>> = { 429: 10, 503: 2 };

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
    const named = isRedisFull(toError(thrown)) ? redisFull(thrown) : thrown;
    const problem = this.toProblem(named, { request_id: response.getHeader('x-request-id') });
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
    const retryAfter = retryAfterOf(named) ?? RETRY_AFTER_S[problem.status];
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** `ids`: by which its line in the log is found. */
  private toProblem(thrown: unknown, ids: object): Problem | (Record<string, unknown> & { status: number }) {
    if (thrown instanceof HttpException) return problemOfHttp(thrown);
    const error = toError(thrown);
    if (error instanceof AppError) {
      const problem = problemOf(error.code, error.message);
      if (problem.status >= 500)
        this.logger.error(
          { event: 'request_failed', ...ids, err: error.message, code: error.code },
          'request failed',
        );
      return problem;
    }
    if (isRedisOutage(error)) {
      this.logger.warn({ event: 'redis_unreachable', ...ids, err: error.message }, 'redis unreachable');
      return problemOf('redis_unreachable', 'Redis does not answer; try again shortly.');
    }
    const fields = { event: 'request_failed', ...ids, err: error.message, stack: error.stack };
    this.logger.error(fields, 'request failed');
    return problemOf('internal', error.message);
  }
}

/** Whoever throws may know better: `retry_after_s` of the error's context. */
function retryAfterOf(thrown: unknown): number | undefined {
  const seconds = thrown instanceof AppError ? thrown.context.retry_after_s : undefined;
  return typeof seconds === 'number' ? Math.max(1, Math.ceil(seconds)) : undefined;
}

function problemOfHttp(exception: HttpException): Record<string, unknown> & { status: number } {
  const body = exception.getResponse();
  const status = exception.getStatus();
  // Our own problems, and the health check's report, pass as they are.
  if (typeof body === 'object' && ('code' in body || 'details' in body)) return { ...body, status };
  return { ...problemOf(CODE_OF_STATUS[status] ?? 'invalid_request', exception.message), status };
}
