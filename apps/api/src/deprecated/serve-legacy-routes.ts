import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { LegacyAction, LegacyRoute, LegacyRoutes, Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { problemOf } from '../problem';
import { orchestrationBody } from './legacy-body';

/** As ids come in a path. Anything else is no thread of ours, nor fit for a header. */
const THREAD = /^[\w.~%-]{1,400}$/;

/** A request on an old path, and the path of ours it stands for. */
interface Meant {
  action: LegacyAction;
  successor: string;
}

/**
 * Lets requests on paths of the system before this one through to what they mean here, marked as deprecated (RFC 9745, RFC
 * 8594, RFC 5829); or, switched off, answers them 410. They are forwarded before the router sees them, so keys, scopes, limits
 * and checks are those of the route they end at. Called after bodies are read.
 */
export function serveLegacyRoutes(app: NestExpressApplication, { legacy }: Settings, logger: Logger): void {
  const { routes: old, gone } = legacy;
  if (old === undefined) return;
  app.use((request: Request, response: Response, next: NextFunction) => {
    const meant = meaningOf(old.routes, request);
    if (meant !== undefined) {
      const { action, successor } = meant;
      logger.info({ event: 'legacy_route', action, gone }, 'a route of the system before was called');
      mark(response, old, successor);
      if (gone) {
        refuse(response, successor);
        return;
      }
      forward(request, meant);
    }
    next();
  });
}

function meaningOf(routes: readonly LegacyRoute[], { method, path }: Request): Meant | undefined {
  const segments = path.split('/').slice(1);
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    if (route.method !== asked || route.segments.length !== segments.length) continue;
    if (!route.segments.every((segment, i) => segment.startsWith(':') || segment === segments[i])) continue;
    const thread = segments[route.segments.findIndex((segment) => segment.startsWith(':'))] ?? '';
    if (route.action !== 'run' && !THREAD.test(thread)) continue;
    return { action: route.action, successor: successorOf(route.action, thread) };
  }
  return undefined;
}

/** `thread` as it came, still encoded. */
function successorOf(action: LegacyAction, thread: string): string {
  if (action === 'run') return '/api/orchestrations';
  return `/api/orchestrations/${thread}${action === 'status' ? '' : `/${action}`}`;
}

function mark(response: Response, { deprecatedAt, sunsetAt }: LegacyRoutes, successor: string): void {
  response.setHeader('deprecation', `@${deprecatedAt.getTime() / 1000}`);
  response.setHeader('sunset', sunsetAt.toUTCString());
  response.setHeader('link', `<${successor}>; rel="successor-version"`);
}

function refuse(response: Response, successor: string): void {
  const problem = problemOf('route_gone', `this route is switched off: use ${successor}`);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function forward(request: Request, { action, successor }: Meant): void {
  // An empty request was one for everything; a body in another form than JSON is not empty, and is refused.
  if (action === 'run') request.body = orchestrationBody(isEmpty(request) ? {} : request.body);
  const query = request.url.indexOf('?');
  // What else was asked for behind an old path means nothing to ours, which would refuse it.
  const keeps = query >= 0 && (action === 'leads' || action === 'events');
  request.url = keeps ? `${successor}${request.url.slice(query)}` : successor;
}

function isEmpty({ headers }: Request): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}
