import type { NextFunction, Request, Response } from 'express';
import {
  METRICS as CATALOGUE,
  type Distribution,
  type Metrics,
  type MetricLabels,
} from '#libs/observability';

type Labels = MetricLabels<'leadgen_http_request_duration_seconds'>;

const METHODS: readonly string[] = CATALOGUE.leadgen_http_request_duration_seconds.labels.method;
const OTHER = 'other';
const HEALTH = '/health/';

/**
 * Measures how long requests take, by the template of their route: what no route of ours serves is `other`, whatever was asked
 * for. Left out are streams of events, and requests that ask to wait for a run (`Prefer: wait`): they take as long as they
 * are meant to; and probes of health, which come all the time: objectives are about what tenants ask, and a process that
 * stops says 503 to them on purpose.
 */
export function measureRequests(
  metrics: Metrics,
): (request: Request, response: Response, next: NextFunction) => void {
  const known = new Map<string, Distribution>();
  const seriesOf = (request: Request, response: Response): Distribution => {
    const asked: Asked = {
      path: pathOf(request),
      method: METHODS.includes(request.method) ? request.method : OTHER,
      // A client that left got no status: what stands there is what it would have had.
      statusClass: `${Math.floor(response.statusCode / 100)}xx`,
    };
    const key = `${asked.method} ${asked.path} ${asked.statusClass}`;
    const series =
      known.get(key) ?? metrics.distribution('leadgen_http_request_duration_seconds', labelsOf(asked));
    known.set(key, series);
    return series;
  };
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      if (takesItsTime(request, response) || pathOf(request).startsWith(HEALTH)) return;
      seriesOf(request, response).observe((performance.now() - started) / 1_000);
    });
    next();
  };
}

/** What tells one series from another, before it is made into labels. */
interface Asked {
  path: string;
  method: string;
  statusClass: string;
}

/** The pattern of the route as Express has it; none of ours, whatever was asked for, is `other`. */
function pathOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : OTHER;
}

/** The route as docs/openapi.json writes it, `/api/orchestrations/{id}`. */
function labelsOf({ path, method, statusClass }: Asked): Labels {
  const route = path.replace(/[:*]([A-Za-z_]+)/g, '{$1}');
  return { route, method: method as Labels['method'], status_class: statusClass as Labels['status_class'] };
}

function takesItsTime(request: Request, response: Response): boolean {
  const { prefer } = request.headers;
  return (
    String(response.getHeader('content-type') ?? '').startsWith('text/event-stream') ||
    /\bwait\b/i.test(String(prefer ?? ''))
  );
}
