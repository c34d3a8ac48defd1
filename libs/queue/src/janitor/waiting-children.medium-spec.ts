import { HOLD_QUEUE, laneQueue, STAGES } from '#libs/contracts';
import { workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { Queue } from 'bullmq';
import { companyJob } from '../company-job';
import { jobIds } from '../job-ids';
import { RunFlow } from '../run-flow';
import { WaitingChildren } from './waiting-children';

const RUN = { tenantId: 'acme', runId: 'run_01J8ZC00000000000000000000' };
const OTHER = { tenantId: 'acme', runId: 'run_01J8ZC00000000000000000001' };
const LANE = 'sim-acme';
const COMPANIES = 10_000;
const CLEARED_MS_MAX = 30_000;
/** A busy machine's own pauses are longer than any of ours. */
const STALL_MS_MAX = 500;

const letters = (n: number): string =>
  n
    .toString()
    .padStart(5, '0')
    .replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');

describe('clearing up after a run, on a real Redis', () => {
  const used = useTestRedis();
  let flow: RunFlow;
  let children: WaitingChildren;
  let queues: Queue[];

  beforeEach(() => {
    flow = new RunFlow({ redisUrl: used.url, keys: used.keys, connection: workerConnectionOptions() });
    children = new WaitingChildren(used.redis, used.keys);
    queues = [];
  });

  afterEach(async () => {
    await Promise.all([children.disconnect(), flow.close(), ...queues.map((queue) => queue.close())]);
  });

  function queue(name: string): Queue {
    const made = new Queue(name, { connection: used.redis, prefix: used.keys.bullPrefix() });
    queues.push(made);
    return made;
  }

  /** Companies in the stage's queue, in a lane, and delayed, a third of each. */
  async function addCompanies(run: typeof RUN, count: number): Promise<void> {
    const jobs = Array.from({ length: count }, (_, n) =>
      companyJob(
        used.keys.bullPrefix(),
        { ...run, companyId: `c_${'a'.repeat(11)}${letters(n)}`, epoch: 0, hop: 0 },
        1 + (n % 1_000),
      ),
    );
    const [stage, lane] = [queue(STAGES.enrich.queue), queue(laneQueue(LANE))];
    for (let start = 0; start < count; start += 999) {
      const chunk = jobs.slice(start, start + 999);
      const third = Math.ceil(chunk.length / 3);
      await stage.addBulk(chunk.slice(0, third));
      await lane.addBulk(chunk.slice(third, 2 * third));
      await stage.addBulk(
        chunk.slice(2 * third).map((job) => ({ ...job, opts: { ...job.opts, delay: 3_600_000 } })),
      );
    }
  }

  const counts = async (name: string): Promise<number> =>
    queue(name).getJobCountByTypes('wait', 'prioritized', 'delayed', 'active');

  it('leaves none of ten thousand children within half a minute, and Redis serves others meanwhile', async () => {
    await flow.addRun(RUN);
    await flow.hold(RUN);
    await addCompanies(RUN, COMPANIES);
    await flow.addRun(OTHER);
    await addCompanies(OTHER, 3);
    expect(await children.runs()).toEqual(expect.arrayContaining([RUN, OTHER]));

    const other = await used.connect();
    const stall = { longestMs: 0, done: false };
    const pinging = (async () => {
      while (!stall.done) {
        const asked = performance.now();
        await other.ping();
        stall.longestMs = Math.max(stall.longestMs, performance.now() - asked);
      }
    })();
    const started = performance.now();
    const swept = await children.remove(RUN.runId);
    const tookMs = Math.round(performance.now() - started);
    stall.done = true;
    await pinging;
    process.stdout.write(
      `${JSON.stringify({ medium: 'janitor', companies: COMPANIES, took_ms: tookMs, longest_ping_ms: Math.round(stall.longestMs) })}\n`,
    );

    // The companies, the sentinel of a pause, and the run's normalize job.
    expect(swept).toEqual({ removed: COMPANIES + 2, left: 0 });
    expect(tookMs).toBeLessThan(CLEARED_MS_MAX);
    expect(stall.longestMs).toBeLessThan(STALL_MS_MAX);
    // The other run's are all there, and the export of this one goes.
    expect(await counts(STAGES.enrich.queue)).toBe(2);
    expect(await counts(laneQueue(LANE))).toBe(1);
    expect(await counts(HOLD_QUEUE)).toBe(0);
    expect(await children.runs()).toEqual([OTHER]);
    expect(await queue(STAGES.export.queue).getJobState(jobIds.export(RUN.runId))).toBe('waiting');
    expect(await children.remove(RUN.runId)).toEqual({ removed: 0, left: 0 });
  });

  it('leaves what a worker has in hand to the worker, and the export waiting for it', async () => {
    await flow.addRun(RUN);
    await addCompanies(RUN, 6);
    const [key = ''] = await used.redis.keys(`${used.keys.queue(STAGES.enrich.queue, '')}*-e0-h0`);
    await used.redis.set(`${key}:lock`, 'a worker', 'PX', 60_000);
    expect(await children.remove(RUN.runId)).toEqual({ removed: 6, left: 1 });
    expect(await children.runs()).toEqual([RUN]);
    await used.redis.del(`${key}:lock`);
    expect(await children.remove(RUN.runId)).toEqual({ removed: 1, left: 0 });
    await waitUntil(async () => (await children.runs()).length === 0, {
      timeoutMs: 20_000,
      what: 'the export waits for nothing',
    });
  });
});
