import type { NextFunction, Request, Response } from 'express';
import { openSpan, parseTraceparent, type OpenSpan } from '#libs/observability';

/** Not told of: nobody came in, so that whoever only knocks fills no traces. */
const UNTOLD = new Set([401, 429]);
/** Asked for all the time, by machines. */
const HEALTH = '/health/';

/**
 * Answers a request as a span; a run that it starts has its trace. To come after whatever reads bodies, as `recordUnderItsName`.
 * A trace of the client's own is not continued, only linked to: see ADR 0011.
 */
export function traceRequest(request: Request, response: Response, next: NextFunction): void {
  const span = openSpan(() => {
    const theirs = request.headers.traceparent;
    return {
      name: request.method,
      kind: 'server',
      parent: null,
      fields: {
        'http.request.method': request.method,
        request_id: String(response.getHeader('x-request-id')),
      },
      ...(typeof theirs === 'string' && parseTraceparent(theirs) && { link: theirs }),
    };
  });
  if (!span) {
    next();
    return;
  }
  response.once('close', () => endSpan(span, request, response));
  span.within(next);
}

/** Ends the span of what a route of ours has answered, in one go; others stay untold. */
function endSpan(span: OpenSpan, request: Request, response: Response): void {
  const route = routeOf(request);
  const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
  if (route === undefined || route.startsWith(HEALTH) || isStream || UNTOLD.has(response.statusCode)) return;
  span.rename(`${request.method} ${route}`);
  span.set({ 'http.route': route, 'http.response.status_code': response.statusCode });
  if (response.statusCode >= 500) span.fail('internal');
  span.end();
}

/** The pattern of the path, without what a client wrote into it. */
function routeOf({ route }: Request): string | undefined {
  const path = (route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' && path.startsWith('/') ? path : undefined;
}
