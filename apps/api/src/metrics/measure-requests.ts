import type { NextFunction, Request, Response } from 'express';
import { METRICS as CATALOGUE, type Metrics, type MetricLabels } from '#libs/observability';

type Labels = MetricLabels<'leadgen_http_request_duration_seconds'>;

const METHODS: readonly string[] = CATALOGUE.leadgen_http_request_duration_seconds.labels.method;
const OTHER = 'other';

/**
 * Measures how long requests take, by the template of their route: what no route of ours serves is `other`, whatever was asked
 * for. Left out are streams of events, and requests that ask to wait for a run (`Prefer: wait`): they take as long as they
 * are meant to.
 */
export function measureRequests(
  metrics: Metrics,
): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      if (takesItsTime(request, response)) return;
      const seconds = (performance.now() - started) / 1_000;
      metrics
        .distribution('leadgen_http_request_duration_seconds', labelsOf(request, response))
        .observe(seconds);
    });
    next();
  };
}

function labelsOf(request: Request, response: Response): Labels {
  return {
    route: routeOf(request),
    method: (METHODS.includes(request.method) ? request.method : OTHER) as Labels['method'],
    // A client that left got no status: what stands there is what it would have had.
    status_class: `${Math.floor(response.statusCode / 100)}xx` as Labels['status_class'],
  };
}

/** As docs/openapi.json writes it, `/api/orchestrations/{thread_id}`. */
function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path.replace(/[:*]([A-Za-z_]+)/g, '{$1}') : OTHER;
}

function takesItsTime(request: Request, response: Response): boolean {
  const { prefer } = request.headers;
  return (
    String(response.getHeader('content-type') ?? '').startsWith('text/event-stream') ||
    /\bwait\b/i.test(String(prefer ?? ''))
  );
}
