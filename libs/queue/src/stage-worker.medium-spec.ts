import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { appError, STAGES, type StagePayload } from '#libs/contracts';
import { useTestRedis, waitUntil } from '#libs/testing';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from '../test/start-test-worker';
import { INTERRUPT_GRACE_MS } from './job-interrupter';
import { DONE, type StageContext, type StageResult } from './stage-handler';

const WAIT_MS = 20_000;

describe('a stage worker on a real Redis', () => {
  const cell = useTestRedis();
  let queue: Queue;
  let workers: TestWorker[];

  beforeEach(() => {
    queue = new Queue('enrich', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    workers = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(workers.map((worker) => worker.stop()));
    await queue.close();
  });

  async function start(
    handle: (payload: StagePayload<'enrich'>, context: StageContext) => Promise<StageResult>,
    options: Partial<TestWorkerOptions> = {},
  ): Promise<TestWorker> {
    const worker = await startTestWorker(
      'enrich',
      { redisUrl: cell.url, keys: cell.keys, ...options },
      handle,
    );
    workers.push(worker);
    return worker;
  }

  const payload = (n = 0): Record<string, unknown> => ({
    v: 1,
    tenantId: 'acme',
    runId: 'run_01M83T0C0N157MS0FWEXFGGEYC',
    companyId: `c_${'a'.repeat(13)}${n
      .toString()
      .padStart(3, '0')
      .replaceAll(/\d/g, (d) => 'abcdefghij'[Number(d)] ?? '')}`,
    hop: 0,
    epoch: 0,
  });

  const add = (data: unknown, attempts = 2): Promise<unknown> =>
    queue.add('enrich', data, { jobId: 'job', attempts, backoff: { type: 'fixed', delay: 50 } });

  const stateIs = (wanted: string): Promise<void> =>
    waitUntil(async () => (await queue.getJobState('job')) === wanted, {
      timeoutMs: WAIT_MS,
      what: `the job is ${wanted}`,
    });

  const outcomes = (worker: TestWorker): string[] => worker.reports.map(({ outcome }) => outcome);

  it('tries again by the job’s backoff where the error advises it, until the attempts are used up', async () => {
    const worker = await start(() => Promise.reject(appError('internal', 'broken')));
    await add(payload());
    await stateIs('failed');
    expect(outcomes(worker)).toEqual(['retry', 'failed']);
    expect(worker.reports.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('tries once where no retry can help', async () => {
    const worker = await start(() => Promise.reject(appError('invalid_icp', 'wrong')));
    await add(payload(), 5);
    await stateIs('failed');
    expect(outcomes(worker)).toEqual(['failed']);
  });

  it('tries an error that is not ours by the job’s backoff', async () => {
    const worker = await start((_payload, { attempt }) =>
      attempt === 1 ? Promise.reject(new TypeError('a bug')) : Promise.resolve(DONE),
    );
    await add(payload());
    await stateIs('completed');
    expect(outcomes(worker)).toEqual(['retry', 'done']);
  });

  it('gives a job back for a while, counting no attempt', async () => {
    let looks = 0;
    const worker = await start((_payload, { attempt }) => {
      looks += 1;
      expect(attempt).toBe(1);
      return Promise.resolve(looks < 4 ? { kind: 'later', inMs: 20 } : DONE);
    });
    await add(payload());
    await stateIs('completed');
    expect(outcomes(worker)).toEqual(['later', 'later', 'later', 'done']);
  });

  it('gives a malformed payload up at once, with its code', async () => {
    const worker = await start(() => Promise.resolve(DONE));
    await add({ ...payload(), tenantId: '../etc' }, 5);
    await stateIs('failed');
    expect(worker.reports).toMatchObject([{ outcome: 'failed', error: { code: 'payload_malformed' } }]);
    expect((await queue.getJob('job'))?.failedReason).toMatch(/^payload_malformed: /);
  });

  it('keeps a payload of a newer release for a worker that can read it, counting no attempt', async () => {
    const worker = await start(() => Promise.resolve(DONE));
    await add({ ...payload(), v: 2, surprise: true }, 1);
    await stateIs('delayed');
    expect(outcomes(worker)).toEqual(['later']);
    const job = await queue.getJob('job');
    expect(job?.attemptsMade).toBe(0);
    expect(job?.delay).toBeGreaterThan(50_000);
  });

  it('aborts the signal at the deadline, and reports the deadline as the reason', async () => {
    jest.replaceProperty(STAGES.enrich, 'timeoutMs', 100);
    const worker = await start(async (_payload, { signal }) => {
      await delay(WAIT_MS, undefined, { signal });
      return DONE;
    });
    await add(payload(), 1);
    await stateIs('failed');
    expect(worker.reports).toMatchObject([{ outcome: 'failed', error: { code: 'stage_timeout' } }]);
  });

  it('takes the job from a handler that does not hear the deadline, and frees its slot', async () => {
    jest.replaceProperty(STAGES.enrich, 'timeoutMs', 100);
    let letGo = (): void => undefined;
    const deaf = new Promise<void>((resolve) => (letGo = resolve));
    const started = performance.now();
    const worker = await start(async () => {
      await deaf;
      return DONE;
    });
    await add(payload(), 1);
    await stateIs('failed');
    expect(performance.now() - started).toBeLessThan(INTERRUPT_GRACE_MS + 3_000);
    expect(worker.reports).toMatchObject([{ error: { code: 'stage_timeout' } }]);
    letGo();
  });

  it('aborts the signal when the lock is lost, and leaves the job to whoever has it', async () => {
    let interrupted: unknown;
    const worker = await start(async (_payload, { signal }) => {
      await cell.redis.set(`${cell.keys.bullPrefix()}:enrich:job:lock`, 'another worker');
      await delay(WAIT_MS, undefined, { signal }).catch(() => {
        interrupted = signal.reason;
      });
      signal.throwIfAborted();
      return DONE;
    });
    await add(payload(), 1);
    await waitUntil(() => worker.reports.length > 0, { timeoutMs: WAIT_MS, what: 'the handler ends' });
    expect(interrupted).toMatchObject({ code: 'lock_lost' });
    expect(outcomes(worker)).toEqual(['lost']);
    expect(await queue.getJobState('job')).toBe('active');
    await cell.redis.del(`${cell.keys.bullPrefix()}:enrich:job:lock`);
  });

  it('finishes a job in hand when it is to stop', async () => {
    let handed = false;
    let finish = (): void => undefined;
    const worker = await start(async () => {
      handed = true;
      await new Promise<void>((resolve) => (finish = resolve));
      return DONE;
    });
    await add(payload());
    await waitUntil(() => handed, { timeoutMs: WAIT_MS, what: 'the job is taken' });
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(await queue.getJobState('job')).toBe('completed');
  });

  it('gives a job in hand back, uncounted, when it cannot finish before the process must end', async () => {
    let handed = false;
    const worker = await start(
      async (_payload, { signal }) => {
        handed = true;
        await delay(WAIT_MS, undefined, { signal });
        return DONE;
      },
      { finishMs: 50 },
    );
    await add(payload(), 1);
    await waitUntil(() => handed, { timeoutMs: WAIT_MS, what: 'the job is taken' });
    await worker.stop();
    expect(outcomes(worker)).toEqual(['later']);
    const next = await start(() => Promise.resolve(DONE));
    await stateIs('completed');
    expect(next.reports).toMatchObject([{ attempt: 1, outcome: 'done' }]);
  });

  it('does each of 100 jobs once while its workers are restarted one after another', async () => {
    const done = new Map<unknown, number>();
    const worker = (): Promise<TestWorker> =>
      start(
        async ({ companyId }) => {
          await delay(20);
          done.set(companyId, (done.get(companyId) ?? 0) + 1);
          return DONE;
        },
        { concurrency: 5 },
      );
    const jobs = Array.from({ length: 100 }, (_, n) => ({ name: 'enrich', data: payload(n) }));
    let [old, other] = await Promise.all([worker(), worker()]);
    await queue.addBulk(jobs);
    for (let restart = 0; restart < 4; restart += 1) {
      const at = (restart + 1) * 15;
      await waitUntil(() => done.size >= at, { timeoutMs: WAIT_MS, what: `${at} jobs are done` });
      await old.stop();
      [old, other] = [other, await worker()];
    }
    await waitUntil(() => done.size === 100, { timeoutMs: WAIT_MS, what: 'all jobs are done' });
    await Promise.all([old.stop(), other.stop()]);
    expect(new Set(done.values())).toEqual(new Set([1]));
  });
});
