import { METRICS, type MetricLabels, type Metrics } from '#libs/observability';

type Repair = MetricLabels<'leadgen_reconciler_repairs_total'>['repair'];

/** Counts what a duty has repaired. Every kind has its series from the start, since each is rare. */
export function countRepairs(metrics: Metrics): (repair: Repair, count: number) => void {
  for (const repair of METRICS.leadgen_reconciler_repairs_total.labels.repair) {
    metrics.count('leadgen_reconciler_repairs_total', { repair });
  }
  return (repair, count) => metrics.count('leadgen_reconciler_repairs_total', { repair }).add(count);
}
