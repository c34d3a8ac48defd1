import { createMetrics } from './create-metrics';
import { leaderSample, type MetricApp, type Metrics } from './metrics.port';

const made: Metrics[] = [];
afterEach(() => {
  for (const metrics of made.splice(0)) metrics.stop();
});

async function metricsOf(
  app: MetricApp,
  onError: (error: unknown) => void = () => undefined,
): Promise<Metrics> {
  const metrics = await createMetrics({ app, version: '1.2.3', onError });
  made.push(metrics);
  return metrics;
}

/** The samples of one metric, as they stand in the text. */
async function samples(metrics: Metrics, name: string): Promise<string[]> {
  const lines = (await metrics.text()).split('\n');
  return lines.filter((line) => new RegExp(`^${name}(_bucket|_sum|_count)?[{ ]`).test(line));
}

describe('the metrics of a process', () => {
  it('tell what runs, and what the runtime does, under our prefix only', async () => {
    const text = await (await metricsOf('enrich')).text();
    expect(text).toContain('leadgen_build_info{version="1.2.3"} 1');
    expect(text).toMatch(/^leadgen_event_loop_lag_seconds 0$/m);
    expect(text).toMatch(/^leadgen_process_resident_memory_bytes \d+$/m);
    const names = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of names) expect(line).toMatch(/^leadgen_/);
  });

  it('have a series at 0 from when it is asked for, so that a rate sees its first event', async () => {
    const metrics = await metricsOf('enrich');
    const jobs = metrics.count('leadgen_jobs_total', { stage: 'enrich', outcome: 'failed' });
    expect(await samples(metrics, 'leadgen_jobs_total')).toEqual([
      'leadgen_jobs_total{stage="enrich",outcome="failed"} 0',
    ]);
    jobs.add();
    jobs.add(2);
    metrics.count('leadgen_jobs_total', { stage: 'enrich', outcome: 'failed' }).add();
    const four = ['leadgen_jobs_total{stage="enrich",outcome="failed"} 4'];
    expect(await samples(metrics, 'leadgen_jobs_total')).toEqual(four);
    // A scrape takes nothing away.
    expect(await samples(metrics, 'leadgen_jobs_total')).toEqual(four);
  });

  it('count what was observed into every bucket that it fits in, and take a clock that went back for 0', async () => {
    const metrics = await metricsOf('enrich');
    const seconds = metrics.distribution('leadgen_stage_duration_seconds', { stage: 'enrich' });
    for (const value of [44.9, 45, 45.1, -3]) seconds.observe(value);
    // Asked for again it is the same series, not one that begins anew.
    metrics.distribution('leadgen_stage_duration_seconds', { stage: 'enrich' });
    const lines = await samples(metrics, 'leadgen_stage_duration_seconds');
    expect(lines).toContain('leadgen_stage_duration_seconds_bucket{le="45",stage="enrich"} 3');
    expect(lines).toContain('leadgen_stage_duration_seconds_bucket{le="60",stage="enrich"} 4');
    expect(lines).toContain('leadgen_stage_duration_seconds_count{stage="enrich"} 4');
  });

  it('are only those that the catalogue gives to the process', async () => {
    const metrics = await metricsOf('export');
    expect(metrics.exposes('leadgen_export_rows_total')).toBe(true);
    expect(metrics.exposes('leadgen_vendor_cost_usd_total')).toBe(false);
    expect(() => metrics.count('leadgen_vendor_cost_usd_total', { vendor: 'hunter' })).toThrow(
      new RangeError('leadgen_vendor_cost_usd_total is not a metric of export, see the catalogue'),
    );
  });

  it('take no value that a label has not, also where the types were passed by', async () => {
    const metrics = await metricsOf('enrich');
    const outcome = 'exploded' as 'failed';
    expect(() => metrics.count('leadgen_jobs_total', { stage: 'enrich', outcome })).toThrow(/exploded/);
    const none = {} as { stage: 'enrich' };
    expect(() => metrics.distribution('leadgen_stage_duration_seconds', none)).toThrow(/stage/);
  });

  it('tell of the cell only while this process leads, and nothing of it, not even a name, else', async () => {
    const metrics = await metricsOf('normalize');
    let leads = false;
    metrics.leadBy(async () =>
      leads
        ? [
            leaderSample('leadgen_leader', {}, 1),
            leaderSample('leadgen_queue_runnable_jobs', { queue: 'enrich' }, 7),
            leaderSample('leadgen_queue_runnable_jobs', { queue: 'enrich.sonar' }, 0),
          ]
        : null,
    );
    expect(await metrics.text()).not.toContain('leadgen_leader');
    leads = true;
    expect(await samples(metrics, 'leadgen_queue_runnable_jobs')).toEqual([
      'leadgen_queue_runnable_jobs{queue="enrich"} 7',
      'leadgen_queue_runnable_jobs{queue="enrich.sonar"} 0',
    ]);
    expect(await metrics.text()).toContain('# TYPE leadgen_leader gauge');
    leads = false;
    expect(await metrics.text()).not.toContain('leadgen_queue');
  });

  it('are served without what could not be read, and somebody is told', async () => {
    const told: unknown[] = [];
    const metrics = await metricsOf('normalize', (error) => told.push(error));
    const gone = new Error('redis is gone');
    metrics.leadBy(() => Promise.reject(gone));
    metrics.beforeScrape(() => Promise.reject(gone));
    expect(await metrics.text()).toContain('leadgen_build_info');
    expect(told).toEqual([gone, gone]);
  });

  it('of two processes in one program know nothing of each other', async () => {
    const [one, other] = [await metricsOf('api'), await metricsOf('api')];
    one.count('leadgen_run_pauses_total', { reason: 'person' }).add();
    expect(await samples(one, 'leadgen_run_pauses_total')).toHaveLength(1);
    expect(await samples(other, 'leadgen_run_pauses_total')).toHaveLength(0);
  });
});
