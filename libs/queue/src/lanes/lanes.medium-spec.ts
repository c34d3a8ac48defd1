import { setTimeout as delay } from 'node:timers/promises';
import { workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import type { StagePayload } from '#libs/contracts';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from '../../test/start-test-worker';
import type { CompanyHop } from '../company-job';
import { jobIds } from '../job-ids';
import { RunFlow, type HopPlace } from '../run-flow';
import { DONE, type StageContext, type StageResult } from '../stage-handler';
import { LaneList } from './lane-list';

const CAP = 'sonar';
const WAIT_MS = 20_000;
const HOUR_MS = 3_600_000;

describe('lanes on a real Redis', () => {
  const cell = useTestRedis();
  let flow: RunFlow;
  let workers: TestWorker[];
  const run = { tenantId: 'acme', runId: 'run_01M83T0C0N157MS0FWEXFGGEYC' };

  beforeEach(async () => {
    flow = new RunFlow({ redisUrl: cell.url, keys: cell.keys, connection: workerConnectionOptions() });
    workers = [];
    await flow.addRun(run);
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await flow.close();
  });

  async function start(
    handle: (payload: StagePayload<'enrich'>, context: StageContext) => Promise<StageResult>,
    options: Partial<TestWorkerOptions> = {},
  ): Promise<TestWorker> {
    const lanes = new LaneList([{ capId: CAP, concurrency: 5 }]);
    const worker = await startTestWorker(
      'enrich',
      { redisUrl: cell.url, keys: cell.keys, lanes, ...options },
      handle,
    );
    workers.push(worker);
    return worker;
  }

  const hop = (n: number): CompanyHop => ({
    ...run,
    companyId: `c_${'a'.repeat(15)}${'abcdefghijklmnopqrstuvwxyz'[n] ?? '2'}`,
    epoch: 0,
    hop: 1,
  });

  const place = (lane: string | null): HopPlace => ({ lane, units: 1, weight: 1 });
  const park = async (count: number, capId = CAP): Promise<void> => {
    for (let n = 0; n < count; n += 1) await flow.addHop(hop(n), place(capId));
  };

  const left = (): Promise<number> => flow.lanes.queue(CAP).count();
  const until = (holds: () => boolean | Promise<boolean>, what: string): Promise<void> =>
    waitUntil(holds, { timeoutMs: WAIT_MS, what });

  it('are served by the stage’s own handler, which is told the lane', async () => {
    const seen = new Map<string, string | null>();
    await start(({ companyId }, { lane }) => {
      seen.set(companyId, lane);
      return Promise.resolve(DONE);
    });
    await flow.addHop(hop(0), place(CAP));
    await flow.addHop(hop(1), place(null));
    await until(() => seen.size === 2, 'both jobs are done');
    expect(seen.get(hop(0).companyId)).toBe(CAP);
    expect(seen.get(hop(1).companyId)).toBeNull();
  });

  it('are worked on by no more jobs at a time than the cap carries calls', async () => {
    let inHand = 0;
    let most = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await start(async () => {
      inHand += 1;
      most = Math.max(most, inHand);
      await released;
      inHand -= 1;
      return DONE;
    });
    await park(12);
    await until(() => inHand === 5, 'five are in hand');
    release();
    await until(async () => (await left()) === 0, 'all are done');
    expect(most).toBe(5);
  });

  it('can be added while the process runs', async () => {
    const lanes = new LaneList();
    const worker = await start(() => Promise.resolve(DONE), { lanes });
    await park(1, 'sonar.k1');
    lanes.add({ capId: 'sonar.k1', concurrency: 1 });
    await until(() => worker.reports.length === 1, 'the job of the new lane is done');
    expect(worker.reports).toMatchObject([{ lane: 'sonar.k1', outcome: 'done' }]);
  });

  it('are served where they are all that a process serves, and the stage’s queue is left to others', async () => {
    const lanes = new LaneList([], (capId) => capId !== 'radar');
    for (const capId of [CAP, 'radar']) lanes.add({ capId, concurrency: 1 });
    const worker = await start(() => Promise.resolve(DONE), { lanes, lanesOnly: true });
    await flow.addHop(hop(0), place(null));
    await flow.addHop(hop(1), place('radar'));
    await flow.addHop(hop(2), place(CAP));
    await until(() => worker.reports.length > 0, 'the lane of this process is served');
    const other = await start(() => Promise.resolve(DONE), {
      lanes: new LaneList([{ capId: 'radar', concurrency: 1 }]),
    });
    await until(() => other.reports.length === 2, 'others have done the rest');
    expect(worker.reports.map(({ lane }) => lane)).toEqual([CAP]);
    expect(other.reports.map(({ lane }) => lane).toSorted()).toEqual([null, 'radar']);
  });

  it('are closed for a while: each of its jobs in hand goes back once, no attempt is counted, and nobody asks meanwhile', async () => {
    let open = false;
    const closing = async (): Promise<StageResult> => {
      if (open) return DONE;
      await flow.lanes.close(CAP, HOUR_MS);
      return { kind: 'lane_closed' };
    };
    const worker = await start(closing);
    await park(10);
    await until(async () => (await flow.lanes.closedForMs(CAP)) > 0, 'the lane is closed');
    const looks = (): number => worker.reports.length;
    await until(async () => (await flow.lanes.queue(CAP).getActiveCount()) === 0, 'all jobs are back');
    const asked = looks();
    expect(asked).toBeLessThanOrEqual(5);

    // Another process, started while it is closed, finds it closed.
    const other = await start(closing);
    const commands = await commandCount();
    const since = performance.now();
    await until(() => performance.now() - since > 3_000, 'three seconds are over');
    expect(looks() + other.reports.length).toBe(asked);
    // Two workers of the lane look once a second; the rest is this test and what an idle worker does anyway.
    expect((await commandCount()) - commands).toBeLessThan(150);
    expect(await left()).toBe(10);
    for (const job of await flow.lanes.queue(CAP).getJobs()) expect(job.attemptsMade).toBe(0);

    open = true;
    const reopened = performance.now();
    await flow.lanes.reopen(CAP);
    await until(async () => (await left()) === 0, 'the jobs are done');
    expect(performance.now() - reopened).toBeLessThan(2_500);
  });

  async function commandCount(): Promise<number> {
    return Number(/total_commands_processed:(\d+)/.exec(await cell.redis.info('stats'))?.[1]);
  }

  it('open by themselves when their time is over', async () => {
    const started: number[] = [];
    const closed = performance.now();
    await flow.lanes.close(CAP, 1_500);
    await park(1);
    await start(() => {
      started.push(performance.now() - closed);
      return Promise.resolve(DONE);
    });
    await until(() => started.length === 1, 'the job starts');
    expect(started[0]).toBeGreaterThan(1_400);
  });

  it('go on when their time is over, also where a worker took them for empty while all jobs were in hand', async () => {
    let closed = 0;
    const again: number[] = [];
    // That of the stage waits from the beginning.
    const bothWait = async (): Promise<boolean> =>
      String(await cell.redis.client('LIST')).split('cmd=bzpopmin').length > 2;
    await start(async () => {
      if (closed === 0) {
        closed = 1;
        await until(bothWait, 'the lane’s worker waits for a new job, too');
        closed = performance.now();
        await flow.lanes.close(CAP, 1_000);
        return { kind: 'lane_closed' };
      }
      again.push(performance.now() - closed);
      return DONE;
    });
    await park(1);
    await until(() => again.length === 1, 'the job has come again');
    expect(again[0]).toBeGreaterThan(900);
    // BullMQ's own look into an empty queue comes after five seconds.
    expect(again[0]).toBeLessThan(3_500);
  });

  it('stay closed for the longest of what they were closed for', async () => {
    await flow.lanes.close(CAP, HOUR_MS);
    await flow.lanes.close(CAP, 1_000);
    expect(await flow.lanes.closedForMs(CAP)).toBeGreaterThan(HOUR_MS - 60_000);
    await flow.lanes.close(CAP, 2 * HOUR_MS);
    expect(await flow.lanes.closedForMs(CAP)).toBeGreaterThan(HOUR_MS);
  });

  it('stay closed when somebody has removed their limit and a process begins to serve them', async () => {
    await flow.lanes.close(CAP, HOUR_MS);
    await flow.lanes.queue(CAP).removeGlobalRateLimit();
    await park(1);
    const worker = await start(() => Promise.resolve(DONE));
    await until(
      async () => (await flow.lanes.queue(CAP).getGlobalRateLimit()) !== null,
      'the limit is asserted again',
    );
    const since = performance.now();
    await until(() => performance.now() - since > 1_500, 'a worker has looked');
    expect(worker.reports).toEqual([]);
  });

  it('get their jobs back, uncounted, from a process that has to stop', async () => {
    let handed = 0;
    const stopping = await start(
      async (_payload, { signal }) => {
        handed += 1;
        await delay(WAIT_MS, undefined, { signal });
        return DONE;
      },
      { finishMs: 50 },
    );
    await park(3);
    await until(() => handed === 3, 'the jobs are in hand');
    await stopping.stop();
    expect(stopping.reports.map(({ outcome }) => outcome)).toEqual(['later', 'later', 'later']);
    const next = await start(() => Promise.resolve(DONE));
    await until(() => next.reports.length === 3, 'another process has done them');
    expect(next.reports.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  });

  it('keep the export waiting for whoever is parked in them', async () => {
    await park(2);
    const exporter = await startTestWorker('export', { redisUrl: cell.url, keys: cell.keys }, () =>
      Promise.resolve(DONE),
    );
    const normalizer = await startTestWorker('normalize', { redisUrl: cell.url, keys: cell.keys }, () =>
      Promise.resolve(DONE),
    );
    workers.push(exporter, normalizer);
    await until(() => normalizer.reports.length === 1, 'normalize is done');
    const dependencies = `${cell.keys.bullPrefix()}:export:${jobIds.export(run.runId)}:dependencies`;
    await until(async () => (await cell.redis.scard(dependencies)) === 2, 'only the parked are left');
    expect(await flow.exportJob(run.runId)).toBe('live');
    expect(exporter.reports).toEqual([]);
    await start(() => Promise.resolve(DONE));
    await until(() => exporter.reports.length === 1, 'the export runs');
  });

  it('take a company twice as little as a queue does: a hop that was added is not added again', async () => {
    await Promise.all(Array.from({ length: 5 }, () => flow.addHop(hop(0), place(CAP))));
    expect(await left()).toBe(1);
  });
});
