import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { problemOf } from '../problem';

const deadlines = new WeakMap<Request, NodeJS.Timeout>();

/** Holds requests to `timeoutMs` until they have arrived whole: whoever takes longer is answered 408 and cut off. */
export function limitBodyTime(timeoutMs: number): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!hasBody(request)) {
      next();
      return;
    }
    const deadline = setTimeout(() => cutOff(request, response), timeoutMs);
    deadline.unref();
    deadlines.set(request, deadline);
    const arrived = (): void => liftBodyDeadline(request);
    request.once('end', arrived).once('close', arrived);
    next();
  };
}

/**
 * For a route that takes uploads: from here on the request may take as long as the route itself and `TimedExpressAdapter` let it. To be
 * called before the body is read; who is not let in by the guard does not get there.
 */
export function liftBodyDeadline(request: Request): void {
  clearTimeout(deadlines.get(request));
  deadlines.delete(request);
}

/** Without one of these headers a request has arrived whole as soon as its headers have (RFC 9112 §6.3). */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

function cutOff(request: Request, response: Response): void {
  // It is there, and nobody has read it: the answer may take its time.
  if (request.complete) return;
  if (response.headersSent) {
    request.destroy();
    return;
  }
  const problem = problemOf('request_timeout', 'the request took too long to arrive: send it all at once');
  response
    .status(problem.status)
    .type('application/problem+json')
    .setHeader('connection', 'close')
    .end(JSON.stringify(problem), () => request.destroy());
}
