import type { MetricSource } from './metric';
import type { LeaderMetric, MetricLabels, MetricName, MetricOfType } from './metric-catalogue';

/** A process that has metrics; the leader is one of them. */
export type MetricApp = Exclude<MetricSource, 'leader'>;

/** One series of a counter: made once and kept, since it is found by its labels only then. */
export interface Count {
  add(by?: number): void;
}

/** One series of a histogram, likewise. */
export interface Distribution {
  observe(seconds: number): void;
}

/** One series of a gauge, likewise. */
export interface Gauge {
  set(value: number): void;
}

/** What the leader says of the cell. */
export interface LeaderSample<Name extends LeaderMetric = LeaderMetric> {
  readonly name: Name;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The metrics of this process, as the catalogue declares them. A series is there, at 0, from when it is asked for: a rate
 * would not see the first event of one that begins with it. Asking for a metric that the catalogue gives to another process is a
 * programming error, and throws `RangeError`.
 */
export interface Metrics {
  readonly app: MetricApp;
  /** Whether the catalogue gives the metric to this process. */
  exposes(name: MetricName): boolean;
  count<Name extends MetricOfType<'counter'>>(name: Name, labels: MetricLabels<Name>): Count;
  distribution<Name extends MetricOfType<'histogram'>>(name: Name, labels: MetricLabels<Name>): Distribution;
  gauge<Name extends Exclude<MetricOfType<'gauge'>, LeaderMetric>>(
    name: Name,
    labels: MetricLabels<Name>,
  ): Gauge;
  /** Where the leader’s samples come from at each scrape; null: this process does not lead at present. */
  leadBy(read: () => Promise<readonly LeaderSample[] | null>): void;
  /** Done before each scrape; what it throws is told to `onError` and the scrape goes on. */
  beforeScrape(look: () => Promise<void>): void;
  /** Everything, in Prometheus’s text format. */
  text(): Promise<string>;
  /** Ends what the process measures by itself. */
  stop(): void;
}

/** A sample whose labels are those of its metric. */
export function leaderSample<Name extends LeaderMetric>(
  name: Name,
  labels: MetricLabels<Name>,
  value: number,
): LeaderSample<Name> {
  return { name, labels: labels as Readonly<Record<string, string>>, value };
}
