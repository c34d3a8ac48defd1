import { RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import {
  onlyVendors,
  postRun,
  simulatorBooks,
  startTestCell,
  viewRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type TestCell,
} from '#libs/testing';

const VENDOR = 'tavily';
const COMPANIES = 300;
/** Half a minute is the promise. */
const CLEARED_MS = 30_000;

describe('what a cancelled run leaves behind', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let flow: RunFlow;
  let runs: RunRepository;
  const keys = new CellKeys('main');

  beforeAll(async () => {
    cell = await startTestCell({
      api: true,
      tenants: { default: { waterfalls: onlyVendors({ find_signals: [VENDOR] }) } },
      vendors: {
        [VENDOR]: {
          windows: [{ name: 'hour', limit: 5, length_ms: 3_600_000 }],
          only_these_windows: true,
        },
      },
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
    const redisUrl = cell.env.REDIS_URL ?? '';
    redis = createRedis(redisUrl, workerConnectionOptions());
    await redis.connect();
    flow = new RunFlow({ redisUrl, keys, connection: workerConnectionOptions() });
    await flow.connect();
    runs = new RunRepository(redis, keys);
  });

  afterAll(async () => {
    await flow.close();
    await closeRedis(redis);
    await cell.stop();
  });

  /** Jobs in the stage's queue and in the lane, whatever they wait for. */
  async function jobsLeft(): Promise<number> {
    const counts = await Promise.all(
      ['enrich', `enrich.sim-${VENDOR}`].flatMap((queue) => [
        redis.llen(keys.queue(queue, 'wait')),
        redis.llen(keys.queue(queue, 'active')),
        redis.zcard(keys.queue(queue, 'prioritized')),
        redis.zcard(keys.queue(queue, 'delayed')),
      ]),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function parkedRun(tag: string): Promise<PostedRun> {
    const run = await postRun(cell, { tenant: 'acme', websites: websitesOf(tag, COMPANIES) });
    await waitUntil(async () => (await viewRun(cell, run)).state === 'paused', {
      timeoutMs: 60_000,
      what: 'the run waits for the cap, which opens in an hour',
    });
    expect(await jobsLeft()).toBeGreaterThan(COMPANIES / 2);
    return run;
  }

  const cancel = ({ tenant, runId }: PostedRun): Promise<boolean> =>
    runs.transition({ tenantId: tenant, runId }, 'cancelled', {
      event: 'run_cancelled',
      message: 'Cancelled by a person',
    });

  async function untilCleared({ runId }: PostedRun): Promise<void> {
    await waitUntil(async () => (await jobsLeft()) === 0 && (await flow.exportJob(runId)) === 'ended', {
      timeoutMs: CLEARED_MS,
      what: 'no job of the run is left',
    });
  }

  it('is no job, also of those that wait for a cap for an hour, and no call', async () => {
    const run = await parkedRun('parked');
    const { calls } = await simulatorBooks.of(cell, VENDOR);
    await cancel(run);
    await untilCleared(run);
    expect(await viewRun(cell, run)).toMatchObject({ state: 'cancelled', output: null });
    expect((await simulatorBooks.of(cell, VENDOR)).calls).toBe(calls);
  });

  it('is no job either where the process that clears up dies', async () => {
    const run = await parkedRun('killed');
    const [janitor] = cell.apps.filter(({ name }) => name === 'normalize');
    await cancel(run);
    janitor?.signal('SIGKILL');
    await janitor?.exited;
    await cell.start('normalize');
    await untilCleared(run);
    expect((await viewRun(cell, run)).state).toBe('cancelled');
  });
});
