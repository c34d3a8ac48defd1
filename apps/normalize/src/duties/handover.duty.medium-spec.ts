import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import { jobIds, RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  CompanyRepository,
  PersonPause,
  Reconciler,
  RunHandover,
  RunRepository,
  type RunRef,
} from '#libs/run-state';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { HandoverDuty } from './handover.duty';

const REQUEST = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: 25,
  export: ['csv'],
} satisfies Parameters<RunRepository['create']>[0];
const MANY = 200;
const PATIENCE_MS = 30_000;

describe('the workers, taking accepted runs over', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let keys: CellKeys;
  let runs: RunRepository;
  let flow: RunFlow;
  let duties: HandoverDuty[];
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
    const settings = loadSettings({ REDIS_URL: server.url });
    const logger = createLogger({ app: 'normalize', level: 'silent' });
    duties = [1, 2].map(() => new HandoverDuty(settings, logger, keys, flow));
  });

  afterEach(async () => {
    await Promise.all(duties.map((duty) => duty.stop()));
    await flow.close();
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  const accept = (idempotencyKey?: string): Promise<RunRef> =>
    runs.create(REQUEST, {
      source: 'api',
      handOver: true,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  const normalizing = (): Promise<string[]> =>
    redis.zrange(keys.queue('normalize', 'prioritized'), '0', '-1');
  const jobsOf = (accepted: readonly RunRef[]): string[] =>
    accepted.map(({ runId }) => jobIds.normalize(runId)).sort();

  it(`adds one flow each for ${MANY} runs, however many workers take them`, async () => {
    const earlier = await Promise.all(Array.from({ length: MANY / 2 }, () => accept()));
    const added = jest.spyOn(flow, 'addRun');
    for (const duty of duties) duty.start();
    const later = await Promise.all(Array.from({ length: MANY / 2 }, () => accept()));
    const expected = jobsOf([...earlier, ...later]);
    await waitUntil(async () => (await normalizing()).length === MANY, {
      timeoutMs: PATIENCE_MS,
      what: 'all flows are in the queue',
    });
    expect((await normalizing()).sort()).toEqual(expected);
    expect(added).toHaveBeenCalledTimes(MANY);
    expect(await flow.exportJob(earlier[0]?.runId ?? '')).toBe('live');
    expect(await redis.exists(keys.runHandover())).toBe(0);
  });

  it('is given a run once, however often it is asked for under its key, and none that its creator queues itself', async () => {
    const [first, again] = [await accept('tick'), await accept('tick')];
    expect(again.runId).toBe(first.runId);
    await runs.create(REQUEST, { source: 'cli' });
    expect(await redis.lrange(keys.runHandover(), 0, -1)).toEqual([`acme/${first.runId}`]);
  });

  it('adds what it has taken before it stops', async () => {
    const [duty] = duties;
    const accepted = await Promise.all(Array.from({ length: 10 }, () => accept()));
    let stopped: Promise<void> | undefined;
    const add = flow.addRun.bind(flow);
    jest.spyOn(flow, 'addRun').mockImplementation((run) => {
      stopped ??= duty?.stop();
      return add(run);
    });
    duty?.start();
    await waitUntil(() => stopped !== undefined, { timeoutMs: PATIENCE_MS, what: 'the runs are taken' });
    await stopped;
    expect((await normalizing()).sort()).toEqual(jobsOf(accepted));
  });

  it('leaves a run whose flow finds no room in Redis to the reconciler, who adds it when there is room', async () => {
    const run = await accept();
    await redis.zincrby(keys.activeRuns(), -60_000, `acme/${run.runId}`);
    const errors: string[] = [];
    const pausing = new PersonPause(runs, new CompanyRepository(redis, keys), flow);
    const handover = new RunHandover(redis, keys);
    const reconciler = new Reconciler(runs, flow, pausing, handover, (_run, { message }) =>
      errors.push(message),
    );
    await redis.config('SET', 'maxmemory', '1');
    try {
      duties[0]?.start();
      await waitUntil(async () => (await handover.oldest()) === undefined, {
        timeoutMs: PATIENCE_MS,
        what: 'the run is taken',
      });
      await duties[0]?.stop();
      expect(await flow.exportJob(run.runId)).toBe('missing');
      expect(await reconciler.pass()).toMatchObject({ redriven: 0 });
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    expect(errors).toHaveLength(1);
    expect(await reconciler.pass()).toMatchObject({ redriven: 1 });
    expect(await flow.exportJob(run.runId)).toBe('live');
  });

  it('goes on with the other runs when the flow of one cannot be added', async () => {
    await redis.rpush(keys.runHandover(), 'acme/no-run');
    const run = await accept();
    duties[0]?.start();
    await waitUntil(async () => (await flow.exportJob(run.runId)) === 'live', {
      timeoutMs: PATIENCE_MS,
      what: 'the next run is added',
    });
  });
});
