import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import type { Settings } from '#libs/config';
import { limitBodyTime } from './body-time';
import { fixedHeaders } from './fixed-headers';
import { inOrder } from './in-order';
import { limitJsonShape } from './json-shape';
import { nameRequest, recordUnderItsName } from './name-request';
import { onlyKnownHosts } from './known-hosts';
import { traceRequest } from './trace-request';

const BODY_LIMIT = '256kb';

/** What every request passes before Nest sees it, in this order. No CORS: pages of other sites have no business here. */
export function protectEdge(app: NestExpressApplication, { api }: Settings): void {
  app.disable('x-powered-by');
  // A tag is answered where a route promises one, made of a version: Express would hash every answer instead.
  app.disable('etag');
  app.set('trust proxy', api.proxyHops);
  // The API itself speaks HTTP, with TLS before it; on loopback there is none to upgrade to.
  const contentSecurityPolicy = { directives: { 'upgrade-insecure-requests': null } };
  // Tenants' data: nobody between keeps it, and a client asks again before it shows what it kept.
  const headers = fixedHeaders(helmet({ contentSecurityPolicy }), { 'cache-control': 'private, no-cache' });
  app.use(inOrder(nameRequest, headers, onlyKnownHosts(api), limitBodyTime(api.requestTimeoutMs)));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(inOrder(limitJsonShape, recordUnderItsName, traceRequest));
}
