/** The processes of a cell that expose metrics; `leader`: the normalize process that holds the reconciler's lease, only while it does. */
export const METRIC_SOURCES = ['api', 'normalize', 'enrich', 'export', 'leader'] as const;
export type MetricSource = (typeof METRIC_SOURCES)[number];

/** A label is bounded: its values are all listed, or it is said why there are few of them. */
export type LabelValues = readonly string[] | { readonly boundedBy: string };

/** One metric: everything its users may count on. Names, labels and values are data: whoever renames one changes its users, too. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence; also the HELP line of the exposition. */
  readonly help: string;
  readonly unit: 'seconds' | 'usd' | 'ratio' | 'timestamp' | 'boolean' | 'info' | 'count';
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Who exposes it: each of these by itself, so that a sum over the processes is the cell's. */
  readonly exposedBy: readonly MetricSource[];
  /** Upper edges, of a histogram. */
  readonly buckets?: readonly number[];
}

/** The values a metric's labels take, as types: a wrong name or value is an error of compilation. */
export type LabelsOf<Metric extends MetricDefinition> = {
  readonly [Label in keyof Metric['labels']]: Metric['labels'][Label] extends readonly (infer Value)[]
    ? Value
    : string;
};
