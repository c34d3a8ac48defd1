import { RunFlow, jobIds, parsePayload } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  CompanyRepository,
  PersonPause,
  Reconciler,
  RunHandover,
  RunRepository,
  type RunRef,
} from '#libs/run-state';
import { startTestRedis, type TestRedis } from '#libs/testing';

const NOTHING = { redriven: 0, failed: 0, forgotten: 0, released: 0 };

describe('the reconciler on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let keys: CellKeys;
  let runs: RunRepository;
  let flow: RunFlow;
  let reconciler: Reconciler;
  let errors: string[];
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
  });

  beforeEach(() => {
    cell += 1;
    keys = new CellKeys(`t${cell}`);
    runs = new RunRepository(redis, keys);
    flow = new RunFlow({ redisUrl: server.url, keys, connection: workerConnectionOptions() });
    errors = [];
    const companies = new CompanyRepository(redis, keys);
    const pausing = new PersonPause(runs, companies, flow);
    const handover = new RunHandover(redis, keys);
    reconciler = new Reconciler(runs, flow, pausing, handover, ({ runId }) => errors.push(runId));
  });

  afterEach(() => flow.close());

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  /** A run accepted a minute ago. */
  async function oldRun({ handOver = false } = {}): Promise<RunRef> {
    const { tenantId, runId } = await runs.create(
      { tenant_id: 'acme', input: 'run full pipeline', mode: 'full', limit: 25, export: ['csv'] },
      { source: 'cli', handOver },
    );
    await redis.zincrby(keys.activeRuns(), -60_000, `${tenantId}/${runId}`);
    return { tenantId, runId };
  }

  /** As BullMQ leaves an export whose attempts are used up. */
  async function exportFailed(run: RunRef): Promise<void> {
    await flow.addRun(run);
    const queue = `${keys.bullPrefix()}:export`;
    await redis.zrem(`${queue}:waiting-children`, jobIds.export(run.runId));
    await redis.zadd(`${queue}:failed`, Date.now(), jobIds.export(run.runId));
  }

  it('adds the flow of a run whose creator died before adding it, once, and says so on the run', async () => {
    const run = await oldRun();
    expect(await reconciler.pass()).toEqual({ ...NOTHING, redriven: 1 });
    expect(await flow.exportJob(run.runId)).toBe('live');
    expect(await reconciler.pass()).toEqual(NOTHING);
    expect((await runs.events(run)).map(({ type }) => type)).toEqual(['run_accepted', 'run_redriven']);
  });

  it('leaves a run alone that was accepted a moment ago: its creator may be about to add the flow', async () => {
    const run = await oldRun();
    await redis.zincrby(keys.activeRuns(), 59_000, `${run.tenantId}/${run.runId}`);
    expect(await reconciler.pass()).toEqual(NOTHING);
    expect(await flow.exportJob(run.runId)).toBe('missing');
  });

  it('leaves a run alone that waits for a worker to take it over, and those accepted after it, but none from before it', async () => {
    const before = await oldRun();
    await redis.zincrby(keys.activeRuns(), -1, `${before.tenantId}/${before.runId}`);
    const waiting = [await oldRun({ handOver: true }), await oldRun({ handOver: true })];
    expect(await reconciler.pass()).toEqual({ ...NOTHING, redriven: 1 });
    expect(await flow.exportJob(before.runId)).toBe('live');
    for (const { runId } of waiting) expect(await flow.exportJob(runId)).toBe('missing');
  });

  it('adds the flow of a run whose taker died before adding it', async () => {
    await oldRun({ handOver: true });
    await new RunHandover(redis, keys).take({ waitMs: 1_000, max: 10 });
    expect(await reconciler.pass()).toEqual({ ...NOTHING, redriven: 1 });
  });

  it('lets two reconcilers repair the same runs at once without doing anything twice', async () => {
    const run = await oldRun();
    await Promise.all([reconciler.pass(), reconciler.pass()]);
    expect(await flow.exportJob(run.runId)).toBe('live');
    expect(await redis.zcard(keys.queue('normalize', 'prioritized'))).toBe(1);
  });

  it('ends a run as failed, with a reason, whose export job ended without ending it', async () => {
    const run = await oldRun();
    await exportFailed(run);
    expect(await reconciler.pass()).toEqual({ ...NOTHING, failed: 1 });
    const record = await runs.get(run);
    expect(record.state).toBe('failed');
    expect(record.problem?.message).toMatch(/export gave up/);
    expect(await reconciler.pass()).toEqual(NOTHING);
  });

  it('lets the export go of a run that is not paused any more, or whose pausing died half-way, but not of one just being paused', async () => {
    const run = await oldRun();
    await flow.addRun(run);
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    await flow.hold(run);
    expect(await reconciler.pass()).toEqual(NOTHING);
    expect(await flow.isHeld(run.runId)).toBe(true);
    expect(await reconciler.pass()).toEqual({ ...NOTHING, released: 1 });
    expect(await flow.isHeld(run.runId)).toBe(false);
    expect(await reconciler.pass()).toEqual(NOTHING);
  });

  it('does not touch a run that the export ended meanwhile', async () => {
    const run = await oldRun();
    await exportFailed(run);
    const exportJob = jest.spyOn(flow, 'exportJob').mockImplementationOnce(async () => {
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      return 'ended';
    });
    expect(await reconciler.pass()).toEqual(NOTHING);
    expect((await runs.get(run)).state).toBe('cancelled');
    exportJob.mockRestore();
  });

  it('forgets runs whose record is gone', async () => {
    const run = await oldRun();
    await redis.del(keys.run(run.tenantId, run.runId));
    expect(await reconciler.pass()).toEqual({ ...NOTHING, forgotten: 1 });
    expect(await runs.activeRuns()).toEqual([]);
  });

  it('repairs the other runs when one of them cannot be', async () => {
    await redis.zadd(keys.activeRuns(), 1, 'acme/not-a-run-id');
    await redis.hset(keys.run('acme', 'not-a-run-id'), { state: 'running' });
    expect(() => parsePayload('export', { v: 1, tenantId: 'acme', runId: 'not-a-run-id' })).toThrow();
    await oldRun();
    expect(await reconciler.pass()).toEqual({ ...NOTHING, redriven: 1 });
    expect(errors).toEqual(['not-a-run-id']);
  });
});
