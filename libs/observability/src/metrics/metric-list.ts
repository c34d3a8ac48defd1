import type { LabelValues, MetricDefinition } from './metric';
import { METRICS } from './metric-catalogue';

/** What begins the name of every metric of ours, those of the runtime included. */
export const METRIC_PREFIX = 'leadgen_';

/** A metric as checks of alerts, dashboards and charts read it. */
export interface ListedMetric {
  name: string;
  type: MetricDefinition['type'];
  unit: MetricDefinition['unit'];
  help: string;
  /** By label: its values, or null where they are bounded by something else. */
  labels: Readonly<Record<string, readonly string[] | null>>;
  exposedBy: readonly string[];
  buckets: readonly number[] | null;
  /** Names under which its samples are stored: of a histogram `_bucket`, `_sum` and `_count`. */
  series: readonly string[];
}

/** The catalogue as plain data. */
export function listedMetrics(): ListedMetric[] {
  return Object.entries<MetricDefinition>(METRICS).map(([name, metric]) => ({
    name,
    type: metric.type,
    unit: metric.unit,
    help: metric.help,
    labels: Object.fromEntries(Object.entries(metric.labels).map(([label, of]) => [label, listed(of)])),
    exposedBy: metric.exposedBy,
    buckets: metric.buckets ?? null,
    series: seriesOf(name, metric.type),
  }));
}

function listed(values: LabelValues): readonly string[] | null {
  return 'boundedBy' in values ? null : values;
}

function seriesOf(name: string, type: MetricDefinition['type']): string[] {
  return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name];
}
