import type { Counter, Gauge as PromGauge, Histogram, Registry } from 'prom-client';
import { LoopLag } from './loop-lag';
import type { LabelValues, MetricDefinition } from './metric';
import { METRICS, type MetricLabels, type MetricName, type MetricOfType } from './metric-catalogue';
import { addRuntimeMetrics } from './runtime-metrics';
import type { Count, Distribution, Gauge, LeaderSample, MetricApp, Metrics } from './metrics.port';

type Labels = Readonly<Record<string, string>>;
/** The client library, loaded by whoever makes metrics. */
type Prometheus = typeof import('prom-client');

export interface ProcessMetricsOptions {
  app: MetricApp;
  version: string;
  /** Told of what could not be read for a scrape. */
  onError: (error: unknown) => void;
}

/** Plain numbers that the registry sees when it is scraped: counting costs an addition, not a look-up by labels. */
class CountedSeries implements Count {
  value = 0;

  constructor(readonly labels: Labels) {}

  add(by = 1): void {
    this.value += by;
  }
}

/** Metrics on a registry of their own: nothing of the client library is global. */
export class ProcessMetrics implements Metrics {
  readonly app: MetricApp;
  private readonly registry: Registry;
  private readonly counters = new Map<MetricName, Map<string, CountedSeries>>();
  private readonly histograms = new Map<MetricName, Histogram>();
  private readonly distributions = new Map<string, Distribution>();
  private readonly gauges = new Map<MetricName, PromGauge>();
  private readonly looks: (() => Promise<void>)[] = [];
  private readonly lag: LoopLag;
  private readLead: () => Promise<readonly LeaderSample[] | null> = () => Promise.resolve(null);

  constructor(
    private readonly prometheus: Prometheus,
    private readonly options: ProcessMetricsOptions,
  ) {
    this.app = options.app;
    this.registry = new prometheus.Registry();
    addRuntimeMetrics(prometheus, this.registry);
    this.lag = new LoopLag(this.gauge('leadgen_event_loop_lag_seconds', {}));
    this.gauge('leadgen_build_info', { version: options.version }).set(1);
  }

  exposes(name: MetricName): boolean {
    return definitionOf(name).exposedBy.includes(this.app);
  }

  count<Name extends MetricOfType<'counter'>>(name: Name, of: MetricLabels<Name>): Count {
    const labels = checked(name, of as Labels);
    const bySeries = this.counters.get(name) ?? this.addCounter(name);
    const key = Object.values(labels).join('\n');
    const known = bySeries.get(key);
    if (known) return known;
    const series = new CountedSeries(labels);
    bySeries.set(key, series);
    return series;
  }

  distribution<Name extends MetricOfType<'histogram'>>(name: Name, of: MetricLabels<Name>): Distribution {
    const labels = checked(name, of as Labels);
    const key = [name, ...Object.values(labels)].join('\n');
    const known = this.distributions.get(key);
    if (known) return known;
    const histogram = this.histograms.get(name) ?? this.addHistogram(name);
    const child = histogram.labels(labels);
    histogram.zero(labels);
    const series: Distribution = { observe: (seconds) => child.observe(Math.max(0, seconds)) };
    this.distributions.set(key, series);
    return series;
  }

  gauge<Name extends MetricOfType<'gauge'>>(name: Name, of: MetricLabels<Name>): Gauge {
    const gauge = this.gauges.get(name) ?? this.addGauge(name);
    const child = gauge.labels(checked(name, of as Labels));
    return { set: (value) => child.set(value) };
  }

  leadBy(read: () => Promise<readonly LeaderSample[] | null>): void {
    this.readLead = read;
  }

  beforeScrape(look: () => Promise<void>): void {
    this.looks.push(look);
  }

  async text(): Promise<string> {
    const [lead] = await Promise.all([
      this.readLead().catch((error: unknown) => this.failed(error)),
      ...this.looks.map((look) => look().catch((error: unknown) => this.failed(error))),
    ]);
    const own = await this.registry.metrics();
    return lead ? `${own}\n${await leaderText(this.prometheus, lead)}` : own;
  }

  stop(): void {
    this.lag.stop();
    this.registry.clear();
  }

  private failed(error: unknown): null {
    this.options.onError(error);
    return null;
  }

  private addCounter(name: MetricName): Map<string, CountedSeries> {
    const bySeries = new Map<string, CountedSeries>();
    const counter: Counter = new this.prometheus.Counter({
      ...this.described(name),
      collect: () => {
        counter.reset();
        for (const { labels, value } of bySeries.values()) counter.inc(labels, value);
      },
    });
    this.counters.set(name, bySeries);
    return bySeries;
  }

  private addHistogram(name: MetricName): Histogram {
    const buckets = [...(definitionOf(name).buckets ?? [])];
    const histogram = new this.prometheus.Histogram({ ...this.described(name), buckets });
    this.histograms.set(name, histogram);
    return histogram;
  }

  private addGauge(name: MetricName): PromGauge {
    const gauge = new this.prometheus.Gauge(this.described(name));
    this.gauges.set(name, gauge);
    return gauge;
  }

  private described(name: MetricName): {
    name: string;
    help: string;
    labelNames: string[];
    registers: Registry[];
  } {
    if (!this.exposes(name))
      throw new RangeError(`${name} is not a metric of ${this.app}, see the catalogue`);
    return { ...nameAndLabels(name), registers: [this.registry] };
  }
}

/** A registry that lives for one scrape: what the leader does not say any more is gone, not 0. */
async function leaderText(prometheus: Prometheus, samples: readonly LeaderSample[]): Promise<string> {
  const registry = new prometheus.Registry();
  const gauges = new Map<MetricName, PromGauge>();
  for (const { name, labels, value } of samples) {
    const gauge = gauges.get(name) ?? new prometheus.Gauge({ ...nameAndLabels(name), registers: [registry] });
    gauges.set(name, gauge);
    gauge.set(checked(name, labels), value);
  }
  return registry.metrics();
}

function nameAndLabels(name: MetricName): { name: string; help: string; labelNames: string[] } {
  const { help, labels } = definitionOf(name);
  return { name, help, labelNames: Object.keys(labels) };
}

function definitionOf(name: MetricName): MetricDefinition {
  return METRICS[name];
}

/** What types cannot hold together at run time: a value that came from elsewhere must not become a series. */
function checked(name: MetricName, labels: Labels): Labels {
  for (const [label, values] of Object.entries<LabelValues>(definitionOf(name).labels)) {
    const value = labels[label];
    if (value === undefined) throw new RangeError(`${name} has the label ${label}`);
    if (!('boundedBy' in values) && !values.includes(value)) {
      throw new RangeError(`${label}=${JSON.stringify(value)} is no value that ${name} has`);
    }
  }
  return labels;
}
