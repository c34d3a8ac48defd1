import { Queue, Worker, type Job } from 'bullmq';
import fc from 'fast-check';
import { workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { startTestWorker } from '../../test/start-test-worker';
import { DONE } from '../stage-handler';
import { jobIds } from '../job-ids';
import { RunFlow } from '../run-flow';
import { FairQueueing, type FairRange } from './fair-queueing';
import { FairQueueModel } from '../../test/fair-queue-model';

const QUEUE = 'enrich';
const TOKEN = 'token';
const SEQUENCES = process.env.LEADGEN_FULL === '1' ? 1_000 : 40;

describe('fair queueing on a real Redis and BullMQ', () => {
  const cell = useTestRedis();
  let queue: Queue;
  let worker: Worker;
  let flow: RunFlow;

  beforeEach(openCell);
  afterEach(closeCell);

  async function openCell(): Promise<void> {
    cell.newCell();
    const shared = { connection: cell.redis, prefix: cell.keys.bullPrefix() };
    queue = new Queue(QUEUE, shared);
    worker = new Worker(QUEUE, null, { ...shared, autorun: false });
    flow = new RunFlow({ redisUrl: cell.url, keys: cell.keys, connection: workerConnectionOptions() });
    await worker.waitUntilReady();
  }

  async function closeCell(): Promise<void> {
    await Promise.all([queue.close(), worker.close(), flow.close()]);
  }

  const fair = (range: Partial<FairRange> = {}): FairQueueing =>
    new FairQueueing(cell.redis, cell.keys, range);

  let names = 0;
  /** Adds jobs of a tenant as RunFlow does; answers their names. */
  async function add(by: FairQueueing, tenantId: string, count: number, charge: number): Promise<string[]> {
    const tags = await by.tags(QUEUE, { tenantId, units: charge, weight: 1 }, count);
    const jobs = tags.map((priority) => ({
      name: `${tenantId}-${(names += 1)}`,
      data: {},
      opts: { priority },
    }));
    await queue.addBulk(jobs);
    return jobs.map(({ name }) => name);
  }

  /** As BullMQ hands the next job out; it ends at once. */
  async function next(): Promise<Job | undefined> {
    const job = (await worker.getNextJob(TOKEN, { block: false })) as Job | undefined;
    await job?.moveToCompleted(null, TOKEN, false);
    return job;
  }

  async function dispatched(count: number): Promise<string[]> {
    const handed: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const job = await next();
      if (!job) break;
      handed.push(job.name);
    }
    return handed;
  }

  type Step = { add: { tenant: string; count: number; charge: number } } | { start: number };
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.oneof(
      fc.record({
        add: fc.record({
          tenant: fc.constantFrom('a', 'b', 'c'),
          count: fc.integer({ min: 1, max: 12 }),
          charge: fc.constantFrom(0, 1, 1 / 2, 1 / 3, 0.1, 2.5),
        }),
      }),
      fc.record({ start: fc.integer({ min: 1, max: 14 }) }),
    ),
    { minLength: 2, maxLength: 24 },
  );

  it.each<[string, Partial<FairRange>]>([
    ['as its simple model does', { graceMs: 0 }],
    ['as its simple model does, however often it is rebased', { rebaseFrom: 8, graceMs: 0, rebaseStep: 3 }],
  ])(
    'hands jobs out %s',
    async (_what, range) => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          await closeCell();
          await openCell();
          const model = new FairQueueModel();
          const by = fair(range);
          for (const step of sequence) {
            if ('start' in step) {
              expect(await dispatched(step.start)).toEqual(model.start(step.start));
            } else {
              const { tenant, count, charge } = step.add;
              model.add(tenant, await add(by, tenant, count, charge), charge);
            }
          }
          expect(await dispatched(1_000)).toEqual(model.start(1_000));
        }),
        { numRuns: SEQUENCES },
      );
    },
    120_000,
  );

  it('serves tenants of weights 3, 2 and 1 in that proportion while all have jobs', async () => {
    const weights = { heavy: 3, middle: 2, light: 1 };
    for (const [tenant, weight] of Object.entries(weights)) await add(fair(), tenant, 1_200, 1 / weight);
    const served = await dispatched(1_800);
    for (const [tenant, weight] of Object.entries(weights)) {
      const units = served.filter((name) => name.startsWith(tenant)).length;
      expect(units).toBeGreaterThan(300 * weight * 0.9);
      expect(units).toBeLessThan(300 * weight * 1.1);
    }
  });

  it('counts in units: who takes ten at a time is served a tenth as often', async () => {
    await add(fair(), 'bulk', 300, 10);
    await add(fair(), 'single', 300, 1);
    const served = await dispatched(220);
    expect(served.filter((name) => name.startsWith('bulk')).length).toBeGreaterThanOrEqual(18);
    expect(served.filter((name) => name.startsWith('bulk')).length).toBeLessThanOrEqual(22);
  });

  const company = (n: number): { companyId: string } => ({
    companyId: `c_${n.toString(8).padStart(16, '0').replaceAll('0', 'a').replaceAll('1', 'b')}`,
  });

  async function addRun(tenantId: string, runId: string, count: number): Promise<void> {
    await flow.addRun({ tenantId, runId });
    const token = String(await cell.redis.incr(cell.keys.fence(tenantId, runId)));
    const companies = Array.from({ length: count }, (_, n) => company(n));
    await flow.addCompanies({ tenantId, runId, epoch: 0 }, token, companies);
  }

  it('makes a tenant of ten companies wait at most twice as long behind twenty thousand as it would alone', async () => {
    await addRun('flood', 'run_01M83T0C0N157MS0FWEXFGGEYC', 20_000);
    await dispatched(1_000);
    await addRun('small', 'run_01M83T0C0N157MS0FWEXFGGEYD', 10);
    const jobs: { tenantId: string; companyId: string }[] = [];
    for (let n = 0; n < 25; n += 1) jobs.push(((await next()) as Job).data as (typeof jobs)[number]);
    const turns = jobs.flatMap(({ tenantId }, i) => (tenantId === 'small' ? [i + 1] : []));
    expect(turns).toHaveLength(10);
    turns.forEach((turn, i) => expect(turn).toBeLessThanOrEqual(2 * (i + 1)));
    const own = jobs.filter(({ tenantId }) => tenantId === 'small').map(({ companyId }) => companyId);
    expect(own).toEqual(Array.from({ length: 10 }, (_, n) => company(n).companyId));
  }, 180_000);

  it('plans a tenant’s one run after at most a few of twenty that another handed over before', async () => {
    const runId = (n: number): string => `run_01M83T0C0N157MS0FWEXFGG${String(n).padStart(3, '0')}`;
    const begun: string[] = [];
    const gates: (() => void)[] = [];
    const normalizer = await startTestWorker(
      'normalize',
      { redisUrl: cell.url, keys: cell.keys, concurrency: 2 },
      async ({ tenantId }) => {
        begun.push(tenantId);
        await new Promise<void>((resolve) => gates.push(resolve));
        return DONE;
      },
    );
    const until = (holds: () => boolean, what: string): Promise<void> =>
      waitUntil(holds, { timeoutMs: 20_000, what });
    try {
      for (let n = 0; n < 20; n += 1) await flow.addRun({ tenantId: 'flood', runId: runId(n) });
      await until(() => begun.length === 2, 'both places are taken by the flood');
      await flow.addRun({ tenantId: 'small', runId: runId(20) });
      await flow.addRun({ tenantId: 'small', runId: runId(21) });
      for (let n = 0; n < 22; n += 1) {
        await until(() => gates.length > n, `run ${n} is in hand`);
        gates[n]?.();
      }
      expect(begun.indexOf('small')).toBeLessThanOrEqual(4);
      expect(begun.indexOf('small', begun.indexOf('small') + 1)).toBeLessThanOrEqual(6);
      expect(begun.filter((tenant) => tenant === 'flood')).toHaveLength(20);
    } finally {
      for (const open of gates) open();
      await normalizer.stop();
    }
  }, 60_000);

  it.each([
    ['one by one', 1],
    ['all at once, their places given before one of them is there', 60],
  ])('is as fair in a lane, where jobs come %s', async (_how, together) => {
    const lane = { lane: 'sonar', units: 1, weight: 1 };
    const runs = { flood: 'run_01M83T0C0N157MS0FWEXFGGEYC', small: 'run_01M83T0C0N157MS0FWEXFGGEYD' };
    for (const [tenantId, runId] of Object.entries(runs)) await flow.addRun({ tenantId, runId });
    const hop = (tenantId: keyof typeof runs, n: number) =>
      flow.addHop({ tenantId, runId: runs[tenantId], ...company(n), epoch: 0, hop: 1 }, lane);
    const hops = async (tenantId: keyof typeof runs, count: number): Promise<void> => {
      for (let n = 0; n < count; n += together) {
        const few = Math.min(together, count - n);
        await Promise.all(Array.from({ length: few }, (_, i) => hop(tenantId, n + i)));
      }
    };
    await hops('flood', 60);
    await hops('small', 10);
    const order = await flow.lanes.queue('sonar').getPrioritized();
    const turns = order.flatMap(({ data }, i) =>
      (data as { tenantId: string }).tenantId === 'small' ? [i + 1] : [],
    );
    expect(turns).toHaveLength(10);
    turns.forEach((turn, i) => expect(turn).toBeLessThanOrEqual(2 * (i + 1)));
  });

  it.each<[string, Partial<FairRange>]>([
    ['', {}],
    [', rebased meanwhile', { rebaseFrom: 8, graceMs: 0, rebaseStep: 3 }],
  ])(
    'starts a tenant where the others are, also where all jobs are taken up as they come%s',
    async (_how, range) => {
      const by = fair(range);
      const inHand: Job[] = [];
      for (let n = 0; n < 30; n += 1) {
        await add(by, 'flood', 1, 1);
        inHand.push(await worker.getNextJob(TOKEN, { block: false }));
        if (inHand.length > 5) await inHand.shift()?.moveToCompleted(null, TOKEN, false);
      }
      // No more are taken up now.
      await add(by, 'flood', 10, 1);
      const small = await add(by, 'small', 10, 1);
      for (const job of inHand) await job.moveToWait(TOKEN);
      const order = await dispatched(100);
      expect(order).toHaveLength(25);
      const turns = small.map((name) => order.indexOf(name) + 1);
      // Those that come back are older, and first.
      turns.forEach((turn, i) => expect(Math.abs(turn - (5 + 2 * (i + 1)))).toBeLessThanOrEqual(1));
    },
  );

  it('lets a company that comes back from a lane go on before the rest of its own run', async () => {
    const runId = 'run_01M83T0C0N157MS0FWEXFGGEYC';
    await addRun('acme', runId, 50);
    await dispatched(5);
    const back = { tenantId: 'acme', runId, ...company(0), epoch: 0, hop: 2 };
    await flow.addHop(back, { lane: null, units: 0, weight: 1 });
    const ids = (await queue.getPrioritized()).map(({ id }) => id);
    expect(ids.indexOf(jobIds.company(runId, company(0).companyId, 0, 2))).toBeLessThanOrEqual(1);
  });

  it('forgets what tenants were served when nobody waits any more, or is about to', async () => {
    const busy = (count: number, graceMs: number): Promise<number[]> =>
      fair({ graceMs }).tags(QUEUE, { tenantId: 'busy', units: 1, weight: 1 }, count);
    await add(fair(), 'busy', 39, 1);
    await dispatched(39);
    // Somebody may be about to add what was given a place a moment ago.
    expect(await busy(1, 60_000)).toEqual([40]);
    expect(await busy(1, 0)).toEqual([1]);
    await queue.add('held', {}, { delay: 60_000, priority: 7 });
    await busy(5, 0);
    expect(await busy(1, 0)).toEqual([7]);
  });

  it('keeps every job within BullMQ’s range, in order, however much a tenant asks for', async () => {
    const tags = await fair({ highest: 20 }).tags(QUEUE, { tenantId: 'acme', units: 1, weight: 0.3 }, 100);
    expect(tags[0]).toBe(4);
    expect(tags.every((tag, i) => tag >= 1 && tag <= 20 && tag >= (tags[i - 1] ?? 1))).toBe(true);
    expect(await fair().tags(QUEUE, { tenantId: 'other', units: 1, weight: 1e9 }, 1)).toEqual([1]);
  });

  it('rebases a thousand at a time without a change of order, with the jobs in hand and the delayed ones', async () => {
    const range = { highest: 1_999, rebaseFrom: 1_000, graceMs: 0, rebaseStep: 500 };
    const by = fair(range);
    await add(by, 'a', 1_900, 1);
    await add(by, 'b', 1_200, 1);
    await dispatched(2_020);
    const inHand = await worker.getNextJob(TOKEN, { block: false });
    await queue.add('delayed', {}, { delay: 60_000, priority: 1_400 });
    const before = (await queue.getPrioritized()).map(({ name }) => name);
    const [late] = await add(by, 'c', 1, 1);

    const after = await queue.getPrioritized();
    const names = after.map(({ name }) => name);
    expect(names.filter((name) => name !== late)).toEqual(before);
    expect(names.indexOf(String(late))).toBeLessThanOrEqual(3);
    expect(Math.max(...after.map(({ priority }) => priority))).toBeLessThan(1_000);
    expect((await queue.getJob(String(inHand.id)))?.priority).toBeLessThanOrEqual(2);
    const [delayed] = await queue.getDelayed();
    expect(delayed?.priority).toBeGreaterThan(300);
    expect(delayed?.priority).toBeLessThan(410);
    // What was in hand comes back to the head.
    await inHand.moveToWait(TOKEN);
    expect((await queue.getPrioritized())[0]?.id).toBe(inHand.id);
  });

  it('goes on with a rebase that was left half done, and gives no place out before it is over', async () => {
    const range = { rebaseFrom: 50, graceMs: 0, rebaseStep: 10 };
    await add(fair(range), 'a', 120, 1);
    await dispatched(60);
    const before = (await queue.getPrioritized()).map(({ name }) => name);
    // As whoever began it left it: announced, and one step of it done.
    await cell.redis.hset(cell.keys.fairness(QUEUE), { shift: 60, rebase_at: 0, delayed_done: 'all' });
    const first = await queue.getPrioritized(0, 9);
    const cursor = await cell.redis.zscore(cell.keys.queue(QUEUE, 'prioritized'), String(first[9]?.id));
    await cell.redis.hset(cell.keys.fairness(QUEUE), { cursor: String(cursor) });
    for (const job of first) {
      const score = Number(await cell.redis.zscore(cell.keys.queue(QUEUE, 'prioritized'), String(job.id)));
      await cell.redis.zadd(cell.keys.queue(QUEUE, 'prioritized'), score - 60 * 2 ** 32, String(job.id));
      await cell.redis.hset(cell.keys.queue(QUEUE, '') + String(job.id), 'priority', job.priority - 60);
    }
    await Promise.all([add(fair(range), 'b', 1, 0), add(fair(range), 'b', 1, 0)]);
    const after = await queue.getPrioritized();
    const own = after.filter(({ name }) => name.startsWith('a'));
    expect(own.map(({ name }) => name)).toEqual(before);
    expect(own.map(({ priority }) => priority)).toEqual(before.map((_name, i) => i + 1));
  });
});
