import { Queue } from 'bullmq';
import { toError } from '#libs/kernel';
import { isRedisFull, workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { FairQueueing } from './fairness/fair-queueing';
import { jobIds } from './job-ids';
import { RunFlow } from './run-flow';

const original = Queue.prototype.addBulk;

const companyIds = (count: number): { companyId: string }[] =>
  Array.from({ length: count }, (_, i) => ({
    companyId: `c_${i.toString(8).padStart(16, '0').replaceAll('0', 'a').replaceAll('1', 'b')}`,
  }));

describe('RunFlow on a real Redis', () => {
  const cell = useTestRedis();
  let flow: RunFlow;
  let enrich: Queue;
  const run = { tenantId: 'acme', runId: 'run_01M83T0C0N157MS0FWEXFGGEYC' };

  beforeEach(() => {
    flow = new RunFlow({ redisUrl: cell.url, keys: cell.keys, connection: workerConnectionOptions() });
    enrich = new Queue('enrich', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
  });

  afterEach(async () => {
    await enrich.close();
    await flow.close();
  });

  /** What run state does when somebody takes over adding: the fence gets a new token. */
  const claim = async (): Promise<string> =>
    String(await cell.redis.incr(cell.keys.fence(run.tenantId, run.runId)));

  it('adds a run’s flow once, however often it is added', async () => {
    expect(await flow.exportJob(run.runId)).toBe('missing');
    await Promise.all([flow.addRun(run), flow.addRun(run), flow.addRun(run)]);
    expect(await flow.exportJob(run.runId)).toBe('live');
    const normalize = new Queue('normalize', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    expect(await normalize.getJobCountByTypes('waiting', 'prioritized')).toBe(1);
    await normalize.close();
  });

  describe('tells whoever adds a run that its flow was refused', () => {
    const runId = (n: number): string => `run_01M83T0C0N157MS0FWEXFGGE0${n}`;
    const addAll = (...ns: number[]): Promise<(Error | undefined)[]> =>
      Promise.all(
        ns.map((n) => flow.addRun({ tenantId: 'acme', runId: runId(n) }).then(() => undefined, toError)),
      );

    it.each([[[1]], [[1, 2, 3]]])('when Redis is full, and does not say it was added (%j)', async (ns) => {
      await flow.addRun(run);
      // Tagging a job with its turn needs room as well: here it has it, and the flow has not.
      const tags = jest.spyOn(FairQueueing.prototype, 'tags').mockResolvedValue([1]);
      await cell.redis.config('SET', 'maxmemory', '1');
      const answers = await addAll(...ns);
      await cell.redis.config('SET', 'maxmemory', '0');
      tags.mockRestore();
      for (const error of answers) expect(error && isRedisFull(error)).toBe(true);
      for (const n of ns) expect(await flow.exportJob(runId(n))).toBe('missing');
      expect(await addAll(...ns)).toEqual(ns.map(() => undefined));
    });

    it.each(['export', 'normalize'] as const)(
      'when its %s job is refused, and nobody whose flow was in the same transaction',
      async (stage) => {
        const id = stage === 'export' ? jobIds.export(runId(2)) : jobIds.normalize(runId(2), undefined);
        await cell.redis.set(`${cell.keys.bullPrefix()}:${stage}:${id}`, 'no hash');
        const [first, second, third] = await addAll(1, 2, 3);
        expect([first, third]).toEqual([undefined, undefined]);
        expect(second?.message).toMatch(/WRONGTYPE/);
        for (const n of [1, 3]) expect(await flow.exportJob(runId(n))).toBe('live');
        // Alone it hears of it, too.
        expect((await addAll(2))[0]?.message).toMatch(/WRONGTYPE/);
        await cell.redis.del(`${cell.keys.bullPrefix()}:${stage}:${id}`);
        expect(await addAll(2)).toEqual([undefined]);
        expect(await flow.exportJob(runId(2))).toBe('live');
      },
    );
  });

  it('makes every company a child of the export, each with its place in the shortlist’s order', async () => {
    await flow.addRun(run);
    await flow.addCompanies({ ...run, epoch: 0 }, await claim(), companyIds(1_200));
    expect(await enrich.getJobCounts('waiting', 'prioritized')).toEqual({ waiting: 0, prioritized: 1_200 });
    const places = await enrich.getPrioritized();
    expect(places.map(({ data }) => (data as { companyId: string }).companyId)).toEqual(
      companyIds(1_200).map(({ companyId }) => companyId),
    );
    const dependencies = `${cell.keys.bullPrefix()}:export:${jobIds.export(run.runId)}:dependencies`;
    expect(await cell.redis.scard(dependencies)).toBe(1_201);
  });

  it('adds a company’s job under the name that is written down, whoever named it', async () => {
    await flow.addRun(run);
    const jobId = `${run.runId}-c_aaaaaaaaaaaaaaaa-e2-h3`;
    await flow.addNamed({ ...run, weight: 1 }, 'c_aaaaaaaaaaaaaaaa', { jobId, lane: null });
    const [job] = await enrich.getPrioritized();
    expect(job).toMatchObject({ id: jobId, data: { companyId: 'c_aaaaaaaaaaaaaaaa', epoch: 2, hop: 3 } });
  });

  it('adds nothing for a stale fence token', async () => {
    await flow.addRun(run);
    const stale = await claim();
    await claim();
    const add = flow.addCompanies({ ...run, epoch: 0 }, stale, companyIds(3));
    await expect(add).rejects.toMatchObject({ code: 'fenced_out' });
    expect(await enrich.count()).toBe(0);
  });

  it('adds nothing when the fence moves between the check and the add, as for a worker frozen there', async () => {
    await flow.addRun(run);
    const token = await claim();
    const addBulk = jest.spyOn(Queue.prototype, 'addBulk').mockImplementationOnce(async function (
      this: Queue,
      jobs,
    ) {
      await claim();
      return this.addBulk(jobs);
    });
    const add = flow.addCompanies({ ...run, epoch: 0 }, token, companyIds(3));
    await expect(add).rejects.toMatchObject({ code: 'fenced_out' });
    expect(addBulk).toHaveBeenCalledTimes(2);
    expect(await enrich.count()).toBe(0);
    addBulk.mockRestore();
  });

  it('adds nothing when its connection, and with it the watch on the fence, was lost between check and add', async () => {
    await flow.addRun(run);
    const token = await claim();
    const addBulk = jest.spyOn(Queue.prototype, 'addBulk').mockImplementationOnce(async function (
      this: Queue,
      jobs,
    ) {
      await claim();
      await cell.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      return this.addBulk(jobs);
    });
    const add = flow.addCompanies({ ...run, epoch: 0 }, token, companyIds(3));
    await expect(add).rejects.toThrow();
    addBulk.mockRestore();
    expect(await enrich.count()).toBe(0);
    // The next holder of the fence adds through a connection of its own.
    await flow.addCompanies({ ...run, epoch: 0 }, await claim(), companyIds(3));
    expect(await enrich.count()).toBe(3);
  });

  it('keeps the first chunk and drops the rest when the fence moves between two chunks', async () => {
    await flow.addRun(run);
    const token = await claim();
    const addBulk = jest.spyOn(Queue.prototype, 'addBulk');
    const moved = waitUntil(() => addBulk.mock.calls.length === 2, {
      timeoutMs: 20_000,
      what: 'the second chunk',
    });
    addBulk.mockImplementation(async function (this: Queue, jobs) {
      if (addBulk.mock.calls.length === 2) await claim();
      return original.call(this, jobs);
    });
    const add = flow.addCompanies({ ...run, epoch: 0 }, token, companyIds(1_200));
    await expect(add).rejects.toMatchObject({ code: 'fenced_out' });
    await moved;
    addBulk.mockRestore();
    expect(await enrich.getJobCounts('waiting', 'prioritized')).toEqual({ waiting: 0, prioritized: 500 });
  });

  it('says so when the export job is gone, which BullMQ reports without an error', async () => {
    const add = flow.addCompanies({ ...run, epoch: 0 }, await claim(), companyIds(2));
    await expect(add).rejects.toThrow(/-5/);
  });
});
