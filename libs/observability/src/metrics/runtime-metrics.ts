import type { Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-list';

/** The client library’s, in whose place `leadgen_event_loop_lag_seconds` stands: they have no value after a scrape. */
const LEFT_OUT = '_nodejs_eventloop_lag_';

/** What Node.js and the operating system tell of this process, by the client library. Answers the names. */
export function addRuntimeMetrics(prometheus: typeof import('prom-client'), registry: Registry): string[] {
  prometheus.collectDefaultMetrics({ register: registry, prefix: METRIC_PREFIX });
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  for (const name of names.filter((one) => one.includes(LEFT_OUT))) registry.removeSingleMetric(name);
  return names.filter((name) => !name.includes(LEFT_OUT));
}
