import { LANE_WORKERS } from '#libs/contracts';
import { METRICS, type MetricDefinition, type MetricSource } from '#libs/observability';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import { WorkerRegistry } from '#libs/run-state';
import {
  askApi,
  hasEnded,
  postRun,
  runLeadgen,
  scrape,
  scrapeAll,
  simulatorBooks,
  startTestCell,
  untilRun,
  waitUntil,
  websitesOf,
  type SpawnedApp,
  type TestCell,
} from '#libs/testing';

const COMPANIES = 25;
const LEADER_MS = 60_000;
const catalogue = Object.entries<MetricDefinition>(METRICS);

function namesOf(...sources: MetricSource[]): string[] {
  return catalogue
    .filter(([, { exposedBy }]) => exposedBy.some((source) => sources.includes(source)))
    .map(([name]) => name)
    .sort();
}

const isOurs = (name: string): boolean => name in METRICS;

async function leaders(apps: readonly SpawnedApp[]): Promise<SpawnedApp[]> {
  const scraped = await Promise.all(apps.map((app) => scrape(app)));
  return apps.filter((_app, i) => scraped[i]?.has('leadgen_leader'));
}

describe('the metrics of a cell of real processes', () => {
  let cell: TestCell;
  const of = (name: string): SpawnedApp[] => cell.apps.filter((app) => app.name === name);
  const workers = (): SpawnedApp[] => cell.apps.filter((app) => app.ready.metricsUrl !== undefined);

  beforeAll(async () => {
    cell = await startTestCell({
      api: true,
      workers: { normalize: 2 },
      env: { LEADGEN_METRICS_PORT: '0', LEADGEN_VERSION: '7.7.7' },
      vendors: { hunter: { day_budget_usd: 5 } },
    });
    const run = await postRun(cell, { tenant: 'canarytenant', websites: websitesOf('metrics', COMPANIES) });
    await untilRun(cell, run, hasEnded);
    const ticked = await runLeadgen(
      [
        'run',
        '--tenant-id',
        'canarytenant',
        '--input',
        'run full pipeline',
        '--schedule',
        'nightly',
        '--source',
        'cron',
      ],
      { ...cell.env, LEADGEN_METRICS_PORT: '' },
    );
    expect([ticked.exitCode, ticked.stderr.slice(-500)]).toEqual([4, expect.any(String)]);
    await waitUntil(async () => (await leaders(of('normalize'))).length === 1, {
      timeoutMs: LEADER_MS,
      what: 'one of the normalize processes leads',
      everyMs: 200,
    });
  }, 240_000);
  afterAll(() => cell.stop());

  it('are exposed by exactly those that the catalogue says, and Prometheus could read them', async () => {
    const [leader] = await leaders(of('normalize'));
    for (const app of workers()) {
      const scraped = await scrape(app);
      const sources = [app.name as MetricSource, ...(app === leader ? (['leader'] as const) : [])];
      expect([app.name, [...scraped.types.keys()].filter(isOurs).sort()]).toEqual([
        app.name,
        namesOf(...sources).filter((name) => scraped.has(name) || !NEVER_HERE.has(name)),
      ]);
      for (const [name, type] of scraped.types) {
        if (isOurs(name)) expect([name, type]).toEqual([name, METRICS[name as keyof typeof METRICS].type]);
      }
    }
  });

  it('tell of nobody: no tenant, run, company or address', async () => {
    const { text } = await scrapeAll(workers());
    expect(text).not.toMatch(/canarytenant|run_0|c_[a-z0-9]{16}|company\d+\.com|@/i);
  });

  it('have what a run of 25 companies comes to, each thing counted once', async () => {
    const all = await scrapeAll(workers());
    expect(all.sum('leadgen_build_info', { version: '7.7.7' })).toBe(workers().length);
    expect(all.sum('leadgen_redis_up')).toBe(workers().length);
    expect(all.sum('leadgen_runs_started_total', { source: 'api' })).toBe(1);
    expect(all.sum('leadgen_runs_ended_total', { source: 'api' })).toBe(1);
    expect(all.sum('leadgen_run_duration_seconds_count', { source: 'api' })).toBe(1);
    expect(all.sum('leadgen_runs_ended_total', { source: 'cron', state: 'needs_input' })).toBe(1);
    for (const stage of ['plan', 'normalize', 'export'] as const) {
      expect([stage, all.sum('leadgen_stage_duration_seconds_count', { stage })]).toEqual([
        stage,
        stage === 'export' ? 1 : expect.any(Number),
      ]);
    }
    expect(all.sum('leadgen_stage_duration_seconds_count', { stage: 'enrich' })).toBe(COMPANIES);
    expect(all.sum('leadgen_stage_budget_verdicts_total', { stage: 'enrich' })).toBe(1);
    expect(all.sum('leadgen_jobs_total', { stage: 'export', outcome: 'completed' })).toBeGreaterThanOrEqual(
      1,
    );
    // A company that comes back from a lane waits once more.
    expect(all.sum('leadgen_job_wait_seconds_count', { stage: 'enrich' })).toBeGreaterThanOrEqual(COMPANIES);
    for (const sink of ['csv', 'jsonl']) {
      expect([sink, all.sum('leadgen_export_rows_total', { sink, outcome: 'written' })]).toEqual([
        sink,
        COMPANIES,
      ]);
    }
    expect(all.sum('leadgen_exports_failed_total')).toBe(0);
    expect(all.sum('leadgen_companies_poisoned_total')).toBe(0);
    const posted = { method: 'POST', route: '/api/orchestrations', status_class: '2xx' };
    expect(all.sum('leadgen_http_request_duration_seconds_count', posted)).toBe(1);
  });

  it('agree with the vendors’ own books', async () => {
    const all = await scrapeAll(workers());
    const { vendors } = await simulatorBooks.all(cell);
    // The crawler's are counted by page there, and by visit here.
    const asked = Object.entries(vendors).filter(([vendor, { calls }]) => vendor !== 'web' && calls > 0);
    expect(asked.length).toBeGreaterThan(3);
    for (const [vendor, { calls }] of asked) {
      const answered = ['ok', 'empty', 'pending'].map((outcome) =>
        all.sum('leadgen_vendor_requests_total', { vendor, outcome }),
      );
      expect([vendor, answered.reduce((sum, count) => sum + count, 0)]).toEqual([vendor, calls]);
    }
    expect(all.sum('leadgen_llm_tokens_total', { direction: 'input' })).toBeGreaterThan(0);
    // The simulator's answers are not paid for.
    expect(all.sum('leadgen_vendor_cost_usd_total')).toBe(0);
  });

  it('tell of the cell what Redis knows, from one process', async () => {
    const [leader] = await leaders(of('normalize'));
    const told = await scrape(leader as SpawnedApp);
    expect(told.sum('leadgen_workers', { stage: 'normalize' })).toBe(2);
    expect(told.sum('leadgen_workers', { stage: 'enrich' })).toBe(1);
    expect(told.sum('leadgen_runs_active', { state: 'running' })).toBe(0);
    expect(told.sum('leadgen_runs_active', { state: 'needs_input' })).toBe(1);
    expect(told.sum('leadgen_queue_runnable_jobs')).toBe(0);
    expect(told.sum('leadgen_queue_closed', { queue: 'enrich' })).toBe(0);
    const queues = told.samples
      .filter(({ name }) => name === 'leadgen_queue_closed')
      .map(({ labels }) => labels.queue);
    expect(queues).toEqual(
      expect.arrayContaining([
        'normalize',
        'enrich',
        'export',
        'webhook',
        'schedule',
        'run-handover',
        'enrich.sim-hunter',
      ]),
    );
    const hunter = { vendor: 'hunter', credential: 'platform' };
    expect(told.sum('leadgen_cap_closed', hunter)).toBe(0);
    expect(told.sum('leadgen_cap_limit_units', { ...hunter, window: 'concurrency' })).toBeGreaterThan(0);
    expect(told.sum('leadgen_calls_in_doubt')).toBe(0);
    expect(told.sum('leadgen_redis_noeviction')).toBe(1);
    // The tests' Redis writes no file unless it is asked to.
    expect(told.sum('leadgen_redis_persistence_ok')).toBe(0);
    const startedAt = told.sum('leadgen_cron_last_start_timestamp_seconds', { schedule: 'nightly' });
    expect(Math.abs(startedAt - Date.now() / 1_000)).toBeLessThan(300);
  });

  it('count what was cancelled from the command line, which is scraped by nobody, once', async () => {
    const run = await postRun(cell, {
      tenant: 'canarytenant',
      websites: websitesOf('cancelled', COMPANIES),
    });
    await askApi(cell, run.tenant, `/${run.runId}/pause`, {});
    const which = ['--tenant-id', 'canarytenant', '--run-id', run.runId];
    expect((await runLeadgen(['cancel', ...which], cell.env)).exitCode).toBe(0);
    const ended = async (): Promise<number> =>
      (await scrapeAll(workers())).sum('leadgen_runs_ended_total', { source: 'api', state: 'cancelled' });
    await waitUntil(async () => (await ended()) > 0, {
      timeoutMs: 30_000,
      what: 'it is counted',
      everyMs: 200,
    });
    expect(await ended()).toBe(1);
  });

  it('know of processes that serve lanes only, which are no workers of the stage, and of their clocks', async () => {
    const lanes = await cell.start('enrich', { LEADGEN_ENRICH_LANES: 'only:hunter' });
    const redis = createRedis(cell.redis.url, workerConnectionOptions());
    await redis.connect();
    const elsewhere = new WorkerRegistry(redis, new CellKeys('main'));
    await elsewhere.beat(LANE_WORKERS, 'another-host', -7_000);
    const [leader] = await leaders(of('normalize'));
    const told = async (stage: string): Promise<number> =>
      (await scrape(leader as SpawnedApp)).sum('leadgen_workers', { stage });
    const until = (alive: number): Promise<void> =>
      waitUntil(async () => (await told(LANE_WORKERS)) === alive, {
        timeoutMs: 20_000,
        what: `${alive} serve lanes only`,
        everyMs: 200,
      });
    await until(2);
    expect(await told('enrich')).toBe(1);
    const skew = (await scrape(leader as SpawnedApp)).sum('leadgen_worker_clock_skew_seconds');
    expect(skew).toBe(7);
    await elsewhere.leave(LANE_WORKERS, 'another-host');
    await closeRedis(redis);
    await lanes.stop();
    await until(0);
  });

  it('are on a port that says how the process is, and is no other process’s', async () => {
    const [app] = of('export');
    const url = String(app?.ready.metricsUrl);
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ok' });
    const second = cell.start('export', { LEADGEN_METRICS_PORT: new URL(url).port });
    await expect(second).rejects.toThrow(/ended \(78\)[\s\S]*EADDRINUSE[\s\S]*LEADGEN_METRICS_PORT/);
  });

  it('come from another process once the leader was killed, and from nobody twice', async () => {
    const [leader] = await leaders(of('normalize'));
    const others = of('normalize').filter((app) => app !== leader);
    expect(await leaders(others)).toEqual([]);
    leader?.signal('SIGKILL');
    await leader?.exited;
    await waitUntil(async () => (await leaders(others)).length === 1, {
      timeoutMs: LEADER_MS,
      what: 'the other normalize process leads',
      everyMs: 200,
    });
    const [next] = await leaders(others);
    expect((await scrape(next as SpawnedApp)).has('leadgen_queue_runnable_jobs')).toBe(true);
  });
});

/** Series that only come with what did not happen here. */
const NEVER_HERE: ReadonlySet<string> = new Set(['leadgen_cron_last_success_timestamp_seconds']);
