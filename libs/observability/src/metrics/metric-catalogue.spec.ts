import { SINKS, OPERATIONS, TERMINAL_RUN_STATES, STAGE_BUDGETS_MS } from '#libs/contracts';
import { BUDGETED_STAGES, ENDED_STATES } from './label-values';
import type { MetricDefinition } from './metric';
import { METRICS } from './metric-catalogue';
import { runtimeMetricNames } from './create-metrics';
import { listedMetrics } from './metric-list';

const metrics = Object.entries<MetricDefinition>(METRICS);

/** What would grow with customers, or tell of them. */
const FORBIDDEN_LABELS =
  /tenant|run_id|thread|company|domain|email|user|url|path|host|key|id$|name|error|message/;

const SUFFIXES: Readonly<Record<MetricDefinition['unit'], RegExp>> = {
  seconds: /_seconds$/,
  timestamp: /_timestamp_seconds$/,
  usd: /_usd_total$/,
  ratio: /_ratio$/,
  boolean: /_(up|closed|ok|noeviction|leader)$/,
  info: /_info$/,
  count: /_(total|jobs|units|active|doubt|workers)$/,
};

describe.each(metrics)('the metric %s', (name, metric) => {
  it('is named as Prometheus asks: prefix, lower case, base unit last, _total on counters and nowhere else', () => {
    expect(name).toMatch(/^leadgen_[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(name).toMatch(SUFFIXES[metric.unit]);
    expect(name.endsWith('_total')).toBe(metric.type === 'counter');
    expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|hours|percent|micro|kb|mb)(_|$)/);
  });

  it('says in one line what it is', () => {
    expect(metric.help).toMatch(/^\S.{10,}\.$/);
    expect(metric.help).not.toContain('\n');
  });

  it('has bounded labels, none of them a customer’s', () => {
    for (const [label, values] of Object.entries(metric.labels)) {
      expect(label).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(label).not.toMatch(FORBIDDEN_LABELS);
      if ('boundedBy' in values) expect(values.boundedBy.length).toBeGreaterThan(10);
      else expect(new Set(values).size).toBe(values.length);
    }
  });

  it('has rising buckets if it is a histogram, and else none', () => {
    const { buckets } = metric;
    expect(buckets !== undefined).toBe(metric.type === 'histogram');
    expect(buckets ?? []).toEqual([...(buckets ?? [])].sort((a, b) => a - b));
    expect((buckets ?? []).length).toBeLessThanOrEqual(17);
  });

  it('is exposed by the leader alone if at all by it: the cell is told of once', () => {
    expect(metric.exposedBy.length).toBeGreaterThan(0);
    if (metric.exposedBy.includes('leader')) expect(metric.exposedBy).toEqual(['leader']);
  });
});

describe('the catalogue', () => {
  it('has the budgets of the stages as edges, so that a share within budget can be read off', () => {
    const budgets = BUDGETED_STAGES.map((stage) => (STAGE_BUDGETS_MS[stage] ?? 0) / 1000);
    expect(budgets).toEqual([10, 30, 45, 20]);
    for (const edge of budgets) expect(METRICS.leadgen_stage_duration_seconds.buckets).toContain(edge);
  });

  it('knows every stage with a budget and every end of a run', () => {
    const budgeted = Object.entries(STAGE_BUDGETS_MS).flatMap(([stage, ms]) => (ms === null ? [] : [stage]));
    expect([...BUDGETED_STAGES]).toEqual(budgeted);
    expect([...ENDED_STATES]).toEqual(TERMINAL_RUN_STATES);
  });

  it('says rightly how many operations and sinks bound a label', () => {
    expect(Object.keys(OPERATIONS)).toHaveLength(7);
    expect(SINKS.length).toBeLessThan(10);
  });

  it('is listed as data, with the names of what is stored', () => {
    const listed = listedMetrics();
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(METRICS));
    expect(JSON.parse(JSON.stringify(listed))).toEqual(listed);
    const wait = listed.find(({ name }) => name === 'leadgen_job_wait_seconds');
    expect(wait?.series).toEqual([
      'leadgen_job_wait_seconds_bucket',
      'leadgen_job_wait_seconds_sum',
      'leadgen_job_wait_seconds_count',
    ]);
    expect(wait?.labels).toEqual({ stage: ['normalize', 'enrich'] });
    expect(listed.find(({ name }) => name === 'leadgen_queue_closed')?.labels).toEqual({ queue: null });
  });

  it('takes no name that the runtime’s metrics have', async () => {
    const names = await runtimeMetricNames();
    expect(names).toContain('leadgen_process_resident_memory_bytes');
    for (const name of names) {
      expect(name).toMatch(/^leadgen_/);
      expect(Object.keys(METRICS)).not.toContain(name);
    }
  });
});
