import { Queue, UnrecoverableError } from 'bullmq';
import { liftFunctions, workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { startTestWorker } from '../test/start-test-worker';
import { ADDS, COMPANY_ENDS, ENDS } from './job-commands';
import { jobIds } from './job-ids';
import { RunFlow } from './run-flow';
import { DONE } from './stage-handler';

const WAIT_MS = 20_000;
const JOBS = 60;

/** How many scripts Redis runs is what BullMQ's commands cost; the names of these are BullMQ's own, and may change with it. */
describe('BullMQ’s commands of many jobs at once, on a real Redis', () => {
  const cell = useTestRedis();
  const run = { tenantId: 'acme', runId: 'run_01M83T0C0N157MS0FWEXFGGEYC' };
  let flow: RunFlow;
  let enrich: Queue;

  beforeEach(() => {
    flow = new RunFlow({ redisUrl: cell.url, keys: cell.keys, connection: workerConnectionOptions() });
    enrich = new Queue('enrich', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
  });

  afterEach(async () => {
    await enrich.close();
    await flow.close();
  });

  const scriptsRun = async (): Promise<number> => {
    const stats = await cell.redis.info('commandstats');
    return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  };

  const addCompanies = async (): Promise<void> => {
    await flow.addRun({ ...run });
    const token = String(await cell.redis.incr(cell.keys.fence(run.tenantId, run.runId)));
    const name = (n: number): string => n.toString(6).replaceAll(/\d/g, (digit) => String(Number(digit) + 2));
    const companies = Array.from({ length: JOBS }, (_, i) => ({
      companyId: `c_${name(i).padStart(16, 'a')}`,
    }));
    await flow.addCompanies({ ...run, epoch: 0 }, token, companies);
  };

  const textsOf = async (command: string): Promise<string[]> => {
    await enrich.waitUntilReady();
    return Object.entries(cell.redis.scriptsSet as Record<string, { lua: string }>)
      .filter(([name]) => name.startsWith(`${command}:`))
      .map(([, { lua }]) => lua);
  };

  const commands = [ENDS, COMPANY_ENDS, ADDS].flatMap((some) => Object.entries(some));

  it.each(commands)(
    'have in their text all that is left out of it: %s',
    async (command, { without = [] }) => {
      const [lua = ''] = await textsOf(command);
      for (const left of without) expect(lua).toMatch(left);
      const quiet = without.reduce((text, left) => text.replaceAll(left, ''), lua);
      for (const [, stream] of quiet.matchAll(/"XADD", ([^,]+),/g)) expect(stream).toMatch(/parent/i);
    },
  );

  it.each(Object.entries({ ...ENDS, ...ADDS }))(
    'have functions that need not be made, and some not be run, for every job: %s',
    async (command, { once }) => {
      const texts = (await textsOf(command)).map((lua) => liftFunctions(lua, once));
      expect(texts).toHaveLength(1);
      expect(texts[0]?.prelude).toContain('local function ');
      expect(texts[0]?.body).not.toMatch(/^local function /m);
      for (const name of once)
        expect(texts[0]?.prelude).toMatch(new RegExp(`once\\(${RegExp.escape(name)}\\)`));
    },
  );

  it('are few when a run’s companies are added', async () => {
    await addCompanies();
    const before = await scriptsRun();
    await addCompanies();
    expect((await scriptsRun()) - before).toBeLessThan(JOBS / 3);
    expect(await enrich.getJobCountByTypes('prioritized', 'waiting')).toBe(JOBS);
  });

  it('are few when jobs end together, and no job is forgotten', async () => {
    await addCompanies();
    let inHand = 0;
    let letGo = (): void => undefined;
    const release = new Promise<void>((resolve) => (letGo = resolve));
    const worker = await startTestWorker(
      'enrich',
      { redisUrl: cell.url, keys: cell.keys, concurrency: JOBS },
      async () => {
        inHand += 1;
        await release;
        return DONE;
      },
    );
    await waitUntil(() => inHand === JOBS, { timeoutMs: WAIT_MS, what: 'all jobs are in hand' });
    const before = await scriptsRun();
    letGo();
    await waitUntil(async () => (await enrich.getJobCountByTypes('active', 'prioritized')) === 0, {
      timeoutMs: WAIT_MS,
      what: 'all jobs have ended',
    });
    expect((await scriptsRun()) - before).toBeLessThan(JOBS / 2);
    expect(worker.reports).toHaveLength(JOBS);
    // That of jobs fetched by a worker that had nothing to do.
    const events = await cell.redis.xrange(`${cell.keys.bullPrefix()}:enrich:events`, '-', '+');
    expect([...new Set(events.map(([, fields]) => fields[1]))]).toEqual(['active']);
    expect(await enrich.getJobCountByTypes('failed')).toBe(0);
    await worker.stop();
  });

  it('leave nothing of companies’ jobs that have ended, well or not, and their run’s export waits for none of them', async () => {
    await addCompanies();
    const waited = `${cell.keys.bullPrefix()}:export:${jobIds.export(run.runId)}:dependencies`;
    expect(await cell.redis.scard(waited)).toBe(JOBS + 1);
    let calls = 0;
    const worker = await startTestWorker(
      'enrich',
      { redisUrl: cell.url, keys: cell.keys, concurrency: 20 },
      () => {
        calls += 1;
        return calls % 2 === 0 ? Promise.reject(new UnrecoverableError('no')) : Promise.resolve(DONE);
      },
    );
    await waitUntil(() => worker.reports.length === JOBS, {
      timeoutMs: WAIT_MS,
      what: 'all jobs have ended',
    });
    await worker.stop();
    const outcomes = worker.reports.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(JOBS / 2);
    const left = await cell.redis.keys(`${cell.keys.bullPrefix()}:enrich:*-e0-h0*`);
    expect(left).toEqual([]);
    expect(await cell.redis.smembers(waited)).toEqual([
      `${cell.keys.bullPrefix()}:normalize:${jobIds.normalize(run.runId)}`,
    ]);
    expect(await enrich.getJobCounts('active', 'delayed', 'failed', 'completed')).toEqual({
      active: 0,
      delayed: 0,
      failed: 0,
      completed: 0,
    });
  });
});
