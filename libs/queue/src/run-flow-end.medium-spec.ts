import { Queue } from 'bullmq';
import { appError, STAGES, type StageName, type StagePayload } from '#libs/contracts';
import { workerConnectionOptions } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { startTestWorker, type TestWorker } from '../test/start-test-worker';
import { jobIds } from './job-ids';
import { RunFlow, type CompanyChild } from './run-flow';
import { DONE, type StageContext, type StageResult } from './stage-handler';

const company = (n: number): CompanyChild => ({
  companyId: `c_${'a'.repeat(14)}${'abcdefghij'[Math.floor(n / 10)] ?? 'z'}${'abcdefghij'[n % 10] ?? 'z'}`,
});

describe('how a run’s flow ends, on a real Redis', () => {
  const cell = useTestRedis();
  let flow: RunFlow;
  let workers: TestWorker[];
  let exports: number;
  const run = { tenantId: 'acme', runId: 'run_01M83T0C0N157MS0FWEXFGGEYC', epoch: 0 };

  beforeEach(() => {
    flow = new RunFlow({ redisUrl: cell.url, keys: cell.keys, connection: workerConnectionOptions() });
    workers = [];
    exports = 0;
    for (const stage of ['normalize', 'enrich', 'export'] as const)
      jest.replaceProperty(STAGES[stage], 'backoffMs', 10);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(workers.map((worker) => worker.stop()));
    await flow.close();
  });

  async function work<Name extends StageName>(
    stage: Name,
    handle: (payload: StagePayload<Name>, context: StageContext) => Promise<StageResult>,
  ): Promise<TestWorker> {
    const worker = await startTestWorker(
      stage,
      { redisUrl: cell.url, keys: cell.keys, concurrency: 5 },
      handle,
    );
    workers.push(worker);
    return worker;
  }

  const countExport = (): Promise<TestWorker> =>
    work('export', () => {
      exports += 1;
      return Promise.resolve(DONE);
    });

  const claim = async (): Promise<string> =>
    String(await cell.redis.incr(cell.keys.fence(run.tenantId, run.runId)));
  const addCompanies = async (companies: readonly CompanyChild[]): Promise<void> =>
    flow.addCompanies(run, await claim(), companies);
  const ended = (): Promise<void> =>
    waitUntil(async () => (await flow.exportJob(run.runId)) === 'ended', {
      timeoutMs: 20_000,
      what: 'the export ends',
    });

  it('exports once, after normalize and the last company, also if one of them fails for good', async () => {
    const walked: string[] = [];
    await countExport();
    await work('normalize', async () => {
      await addCompanies(Array.from({ length: 30 }, (_, n) => company(n)));
      return DONE;
    });
    await work('enrich', ({ companyId }) => {
      expect(exports).toBe(0);
      if (companyId === company(7).companyId) return Promise.reject(appError('internal', 'always fails'));
      walked.push(companyId);
      return Promise.resolve(DONE);
    });
    await flow.addRun(run);
    await ended();
    expect(exports).toBe(1);
    expect(new Set(walked).size).toBe(29);
    expect(walked).toHaveLength(29);
  });

  it('exports also if normalize fails for good', async () => {
    const failing = await work('normalize', () => Promise.reject(appError('internal', 'always fails')));
    await countExport();
    await flow.addRun(run);
    await ended();
    expect(failing.reports.map(({ outcome }) => outcome)).toEqual([
      'retry',
      'retry',
      'retry',
      'retry',
      'failed',
    ]);
    expect(exports).toBe(1);
  });

  it('walks a company again that is added again after its job ended, well or badly, and still exports', async () => {
    let walks = 0;
    await work('enrich', () => {
      walks += 1;
      return walks <= STAGES.enrich.attempts
        ? Promise.reject(appError('internal', 'broken'))
        : Promise.resolve(DONE);
    });
    await flow.addRun(run);
    await addCompanies([company(0)]);
    await waitUntil(() => walks === STAGES.enrich.attempts, {
      timeoutMs: 10_000,
      what: 'the job fails for good',
    });
    await jobGone();
    await addCompanies([company(0)]);
    await waitUntil(() => walks === STAGES.enrich.attempts + 1, {
      timeoutMs: 10_000,
      what: 'the second job',
    });
    await jobGone();
    await addCompanies([company(0)]);
    await waitUntil(() => walks === STAGES.enrich.attempts + 2, { timeoutMs: 10_000, what: 'the third job' });
    await countExport();
    await work('normalize', () => Promise.resolve(DONE));
    await ended();
    expect(exports).toBe(1);
  });

  async function jobGone(): Promise<void> {
    const enrich = new Queue('enrich', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    const id = jobIds.company(run.runId, company(0).companyId, 0, 0);
    await waitUntil(async () => (await enrich.getJobState(id)) === 'unknown', {
      timeoutMs: 20_000,
      what: 'no job is kept',
    });
    await enrich.close();
  }

  it('goes back to waiting when a child slipped in while the export started, and counts no attempt', async () => {
    const sinks: number[] = [];
    await work('normalize', () => Promise.resolve(DONE));
    const exporter = await work('export', async (_payload, { attempt, pendingChildren }) => {
      exports += 1;
      if (exports === 1) await addCompanies([company(0)]);
      if ((await pendingChildren()) > 0) return { kind: 'children' };
      sinks.push(attempt);
      return DONE;
    });
    await flow.addRun(run);
    await waitUntil(() => exports === 1, { timeoutMs: 10_000, what: 'the export starts' });
    await waitUntil(() => exporter.reports.length === 1, {
      timeoutMs: 10_000,
      what: 'the export waits again',
    });
    expect(sinks).toEqual([]);
    await work('enrich', () => Promise.resolve(DONE));
    await ended();
    expect(sinks).toEqual([1]);
    expect(exporter.reports.map(({ outcome }) => outcome)).toEqual(['children', 'done']);
  });

  it('takes the export again at once when the late child ended before it could wait', async () => {
    await work('normalize', () => Promise.resolve(DONE));
    await work('export', () => {
      exports += 1;
      return Promise.resolve(exports === 1 ? { kind: 'children' } : DONE);
    });
    await flow.addRun(run);
    await ended();
    expect(exports).toBe(2);
  });

  it('lets companies end whose export was removed, and drives the run again with the flow added anew', async () => {
    await flow.addRun(run);
    await addCompanies([company(0)]);
    await work('normalize', () => Promise.resolve(DONE));
    const queue = new Queue('export', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    const normalize = new Queue('normalize', { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    await waitUntil(async () => (await normalize.getJobState(jobIds.normalize(run.runId))) === 'completed', {
      timeoutMs: 10_000,
      what: 'normalize is done and kept',
    });
    const job = await queue.getJob(jobIds.export(run.runId));
    await job?.remove({ removeChildren: false });
    expect(await flow.exportJob(run.runId)).toBe('missing');
    await expect(addCompanies([company(1)])).rejects.toThrow(/-5/);
    const enriching = await work('enrich', () => Promise.resolve(DONE));
    await waitUntil(() => enriching.reports.length === 1, { timeoutMs: 10_000, what: 'the orphan ends' });
    await countExport();
    await flow.addRun(run);
    await ended();
    expect(exports).toBe(1);
    await Promise.all([queue.close(), normalize.close()]);
  });
});
