import { listedMetrics, runtimeMetricNames, type ListedMetric } from '#libs/observability';
import { readPromql, type Selector } from './promql-selectors';

/** Labels that the scrape puts on, not the process. */
const OF_THE_TARGET = ['cell', 'job', 'instance'];
/** Series that Prometheus itself makes, of every target and of every alert. */
const OF_PROMETHEUS = {
  up: {},
  ALERTS: { alertname: null, alertstate: ['pending', 'firing'], severity: null },
};

/** What a series may be asked for: by label, its values, or null where they are not listed. */
export type KnownSeries = ReadonlyMap<string, Readonly<Record<string, readonly string[] | null>>>;

/** All series there are by the catalogue, and those that recording rules make, by record and expression. */
export async function knownSeries(
  records: readonly { record: string; expr: string }[],
  metrics: readonly ListedMetric[] = listedMetrics(),
): Promise<KnownSeries> {
  const ofMetrics = metrics.flatMap((metric) =>
    metric.series.map((name) => [name, { ...metric.labels, ...edges(name, metric) }] as const),
  );
  const ofRuntime = (await runtimeMetricNames()).map((name) => [name, { kind: null, type: null }] as const);
  const ofRules = records.map(({ record, expr }) => {
    const { groupedBy } = readPromql(expr);
    return [record, Object.fromEntries(groupedBy.map((label) => [label, null]))] as const;
  });
  return new Map<string, Readonly<Record<string, readonly string[] | null>>>([
    ...ofRuntime,
    ...ofMetrics,
    ...ofRules,
    ...Object.entries(OF_PROMETHEUS),
  ]);
}

function edges(series: string, { buckets }: ListedMetric): Record<string, readonly string[]> {
  return series.endsWith('_bucket') && buckets ? { le: [...buckets.map(String), '+Inf'] } : {};
}

/** What an expression names that there is not, one sentence each. */
export function unknownNames(expression: string, known: KnownSeries): string[] {
  const { selectors, groupedBy } = readPromql(expression);
  const labels = new Set(selectors.flatMap(({ metric }) => Object.keys(known.get(metric) ?? {})));
  return [
    ...selectors.flatMap((selector) => unknownOfSelector(selector, known)),
    ...groupedBy
      .filter((label) => !labels.has(label) && !OF_THE_TARGET.includes(label))
      .map((label) => `grouped by ${label}, which none of the metrics has`),
  ];
}

function unknownOfSelector({ metric, labels }: Selector, known: KnownSeries): string[] {
  const its = known.get(metric);
  if (!its) return [`there is no metric ${metric}`];
  return labels.flatMap(({ label, values }) => {
    const allowed = its[label];
    if (allowed === undefined) {
      return OF_THE_TARGET.includes(label) ? [] : [`${metric} has no label ${label}`];
    }
    return allowed === null
      ? []
      : values
          .filter((value) => !allowed.includes(label === 'le' ? withoutZeros(value) : value))
          .map((value) => `${label} of ${metric} is never ${value}`);
  });
}

/** Prometheus from 3.0 on writes the edge 45 as 45.0. */
function withoutZeros(edge: string): string {
  return edge.replace(/\.0$/, '');
}
