import { createMetrics, type Metrics } from '#libs/observability';
import { useTestRedis } from '#libs/testing';
import { countTransitions } from './count-runs';
import type { RunRef } from './run-ref';
import { RunRepository } from './run.repository';
import { UncountedTransitions } from './uncounted-transitions';

const DAY_S = 86_400;

describe('what a process makes of runs that nobody scrapes', () => {
  const cell = useTestRedis();
  let unscraped: RunRepository;
  let uncounted: UncountedTransitions;
  let metrics: Metrics;

  beforeEach(async () => {
    unscraped = new RunRepository(cell.redis, cell.keys, undefined, undefined, 'elsewhere');
    uncounted = new UncountedTransitions(cell.redis, cell.keys);
    metrics = await createMetrics({ app: 'normalize', version: '1', onError: () => undefined });
  });
  afterEach(() => metrics.stop());

  const accepted = (source: 'cli' | 'cron'): Promise<RunRef> =>
    unscraped.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 1, export: ['csv'] },
      { source, handOver: false },
    );
  const pause = (runs: RunRepository, run: RunRef, reason: 'person' | 'vendor_cap') =>
    runs.transition(run, 'paused', { event: 'run_paused', message: '', fields: { pause_reason: reason } });
  const cancel = (runs: RunRepository, run: RunRef) =>
    runs.transition(run, 'cancelled', { event: 'run_cancelled', message: '' });

  it('is left to one that is scraped, which counts its pauses and ends once', async () => {
    const [run, other] = [await accepted('cron'), await accepted('cli')];
    await unscraped.transition(run, 'running', { event: 'run_start', message: '' });
    await pause(unscraped, run, 'vendor_cap');
    // Takes over from the cap.
    await pause(unscraped, run, 'person');
    await unscraped.transition(run, 'running', { event: 'run_resumed', message: '' });
    await cancel(unscraped, run);
    await cancel(unscraped, other);
    // Done twice it is done once.
    await cancel(unscraped, other);
    expect(await cell.redis.ttl(cell.keys.uncountedTransitions())).toBeGreaterThan(DAY_S - 60);

    const count = countTransitions(metrics);
    const [mine, others] = await Promise.all([uncounted.take(), uncounted.take()]);
    for (const transition of [...mine, ...others]) count(transition);
    const lines = (await metrics.text()).split('\n');
    expect(lines.filter((line) => /^leadgen_run(s_ended|_pauses)_total.* [1-9]/.test(line)).sort()).toEqual([
      'leadgen_run_pauses_total{reason="person"} 1',
      'leadgen_run_pauses_total{reason="vendor_cap"} 1',
      'leadgen_runs_ended_total{source="cli",state="cancelled"} 1',
      'leadgen_runs_ended_total{source="cron",state="cancelled"} 1',
    ]);
    expect(lines).toContain('leadgen_run_duration_seconds_count{source="cli",state="cancelled"} 1');
    expect(await uncounted.take()).toEqual([]);
  });

  it('is not what a scraped process made, which has counted that itself', async () => {
    const scraped = new RunRepository(cell.redis, cell.keys);
    const run = await accepted('cli');
    await pause(scraped, run, 'person');
    await cancel(scraped, run);
    expect(await uncounted.take()).toEqual([]);
  });

  it('does not grow for ever where nobody comes to count it: the newest are kept', async () => {
    const key = cell.keys.uncountedTransitions();
    await cell.redis.rpush(key, ...Array.from({ length: 1_000 }, () => '{}'));
    await cancel(unscraped, await accepted('cli'));
    expect(await cell.redis.llen(key)).toBe(1_000);
    expect(await cell.redis.lindex(key, -1)).toContain('"to":"cancelled"');
  });
});
