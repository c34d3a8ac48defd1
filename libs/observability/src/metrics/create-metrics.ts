import type { Metrics } from './metrics.port';
import { ProcessMetrics, type ProcessMetricsOptions } from './process-metrics';
import { addRuntimeMetrics } from './runtime-metrics';

/** The metrics of this process. The client library is loaded here: a command that has none does not wait for it. */
export async function createMetrics(options: ProcessMetricsOptions): Promise<Metrics> {
  return new ProcessMetrics(await import('prom-client'), options);
}

/** Names of what Node.js and the operating system tell of each process; the client library’s, with our prefix. */
export async function runtimeMetricNames(): Promise<string[]> {
  const prometheus = await import('prom-client');
  return addRuntimeMetrics(prometheus, new prometheus.Registry()).sort();
}
