import { tmpdir } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadSettings } from '#libs/config';

import { appError, STAGES, type Company } from '#libs/contracts';
import { FileObjectStorage } from '#libs/object-storage';
import { createLogger } from '#libs/observability';
import { RunFlow, type StageContext, type StageResult } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { CompanyRepository, RunRepository, type Candidate, type RunRef } from '#libs/run-state';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { UNTUNED } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { AddCompaniesStage, type Shortlisted } from './add-companies.stage';
import { NormalizeHandler } from './normalize.handler';
import type { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';
import { RetryStage } from './retry.stage';
import { TenantWishes } from './plan/tenant-wishes';

// The handler's part is what happens around the reading of rows; the rows of these tests are read already.
jest.mock('./normalize.stage', () => ({ NormalizeStage: class {} }));

const COMPANIES = 1_200;
const DONE: StageResult = { kind: 'done' };

const letters = (n: number): string =>
  n
    .toString()
    .padStart(5, '0')
    .replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
const candidates: Candidate[] = Array.from({ length: COMPANIES }, (_, n) => ({
  company: { company_id: `c_${'a'.repeat(11)}${letters(n)}`, name: `Company ${n}` } as Company,
  match: { matched: true, pre_score: 50, reasons: [] },
  position: n + 1,
}));

describe('the normalize handler on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let keys: CellKeys;
  let runs: RunRepository;
  let companies: CompanyRepository;
  let flow: RunFlow;
  let run: RunRef;
  let shortlist: jest.Mock<Promise<Shortlisted>, []>;
  const flows: RunFlow[] = [];
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
  });

  beforeEach(async () => {
    cell += 1;
    keys = new CellKeys(`t${cell}`);
    runs = new RunRepository(redis, keys);
    companies = new CompanyRepository(redis, keys);
    flow = newFlow();
    shortlist = jest.fn(() => Promise.resolve({ count: candidates.length, candidates }));
    const request = {
      tenant_id: 'acme',
      input: 'run full pipeline',
      mode: 'full',
      limit: COMPANIES,
      export: ['csv'],
      dataset_key: 'datasets/acme/x.csv',
      icp: {},
    } as const;
    run = await runs.create({ ...request, export: [...request.export] }, { source: 'cli' });
    await flow.addRun(run);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(flows.splice(0).map((each) => each.close()));
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  function newFlow(): RunFlow {
    const created = new RunFlow({ redisUrl: server.url, keys, connection: workerConnectionOptions() });
    flows.push(created);
    return created;
  }

  /** Another process: its own flow and connections. */
  function handler(its: RunFlow = flow): NormalizeHandler {
    const settings = loadSettings({ ORCHESTRATOR_OFFLINE: '1' });
    return new NormalizeHandler(
      runs,
      new PlanStage(
        runs,
        settings,
        createVendorRegistry({ access: {}, offline: true }),
        new TenantWishes(redis, keys, new FileObjectStorage(tmpdir())),
        UNTUNED,
      ),
      { shortlist } as unknown as NormalizeStage,
      new AddCompaniesStage(runs, companies, its),
      new RetryStage(runs, companies, its),
      createLogger({ app: 'test', level: 'silent' }),
    );
  }

  const handle = (
    by: NormalizeHandler = handler(),
    signal = new AbortController().signal,
    attempt = 1,
  ): Promise<StageResult> =>
    by.handle({ v: 1, tenantId: run.tenantId, runId: run.runId }, {
      jobId: 'normalize',
      lane: null,
      attempt,
      lostBy: 0,
      signal,
      pendingChildren: () => Promise.resolve(0),
    } satisfies StageContext);

  /** Companies waiting to be walked: without a priority or with one. */
  async function jobs(): Promise<number> {
    const queue = `${keys.bullPrefix()}:${STAGES.enrich.queue}`;
    return (await redis.llen(`${queue}:wait`)) + (await redis.zcard(`${queue}:prioritized`));
  }

  it('adds one child per candidate before it is done', async () => {
    expect(await handle()).toEqual(DONE);
    expect(await jobs()).toBe(COMPANIES);
    expect(await companies.count(run)).toBe(COMPANIES);
    const record = await runs.get(run);
    expect(record).toMatchObject({ state: 'running', counters: { candidates: COMPANIES } });
    expect(record.status.message).toBe('Enriching 1,200 companies');
  });

  it('goes on from its cursor after a crash between two chunks, and adds nobody twice', async () => {
    const add = jest.spyOn(flow, 'addCompanies');
    const addReally = add.getMockImplementation() ?? RunFlow.prototype.addCompanies.bind(flow);
    add.mockImplementationOnce(addReally).mockRejectedValueOnce(appError('internal', 'crash'));
    await expect(handle()).rejects.toThrow('crash');
    expect(await jobs()).toBe(500);
    add.mockClear();
    add.mockImplementation(addReally);
    expect(await handle()).toEqual(DONE);
    expect(add.mock.calls.map(([, , chunk]) => chunk.length)).toEqual([500, 200]);
    expect(await jobs()).toBe(COMPANIES);
  });

  it('never completes its job while a worker that has lost it, and woke up, holds the fence', async () => {
    const add = jest.spyOn(flow, 'addCompanies');
    const addReally = RunFlow.prototype.addCompanies.bind(flow);
    add.mockImplementationOnce(async (...args) => {
      // The frozen one wakes, takes the fence, and dies for good before it adds anything.
      await runs.adding.claim(run);
      return addReally(...args);
    });
    expect(await handle()).toEqual({ kind: 'later', inMs: 1_000 });
    expect(await handle()).toEqual(DONE);
    expect(await jobs()).toBe(COMPANIES);
  });

  it('lets a worker frozen in the middle of a chunk add nothing once another has finished', async () => {
    const frozenFlow = newFlow();
    let wake = (): void => undefined;
    const frozen = new Promise<void>((resolve) => (wake = resolve));
    const add = jest.spyOn(frozenFlow, 'addCompanies').mockImplementation(async (...args) => {
      await frozen;
      return RunFlow.prototype.addCompanies.apply(frozenFlow, args);
    });
    const late = handle(handler(frozenFlow));
    await waitUntil(() => add.mock.calls.length === 1, {
      timeoutMs: 20_000,
      what: 'the first worker is about to add',
    });
    expect(await handle()).toEqual(DONE);
    const events = (await runs.events(run)).length;
    wake();
    expect((await late).kind).toBe('later');
    expect(await jobs()).toBe(COMPANIES);
    expect(await runs.adding.claim(run)).toMatchObject({ cursor: COMPANIES });
    expect(await runs.events(run)).toHaveLength(events);
  });

  it('adds nothing more once the run is cancelled in the middle, and is done with it', async () => {
    const add = jest.spyOn(flow, 'addCompanies');
    const addReally = RunFlow.prototype.addCompanies.bind(flow);
    add.mockImplementationOnce(addReally).mockImplementationOnce(async (...args) => {
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      return addReally(...args);
    });
    expect((await handle()).kind).toBe('later');
    expect(await handle()).toEqual(DONE);
    expect(await jobs()).toBe(500);
    expect((await runs.get(run)).state).toBe('cancelled');
  });

  it('waits while the run is paused, and counts it as done when it was cancelled while planning', async () => {
    await runs.transition(run, 'paused', { event: 'run_paused', message: 'wait' });
    expect((await handle()).kind).toBe('later');
    await runs.transition(run, 'running', { event: 'run_resumed', message: 'go' });
    shortlist.mockImplementationOnce(async () => {
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      throw appError('input_empty', 'the file is empty');
    });
    expect(await handle()).toEqual(DONE);
    expect((await runs.get(run)).state).toBe('cancelled');
  });

  it('ends the run with the reason of an error that no retry mends', async () => {
    shortlist.mockRejectedValueOnce(appError('input_no_usable_column', 'no column holds names or domains'));
    expect(await handle()).toEqual(DONE);
    expect(await runs.get(run)).toMatchObject({
      state: 'failed',
      problem: { code: 'input_no_usable_column', message: 'no column holds names or domains' },
    });
  });

  it('leaves an error that a retry may mend to the retry', async () => {
    shortlist.mockRejectedValueOnce(appError('storage_failed', 'the disk is full'));
    await expect(handle()).rejects.toMatchObject({ code: 'storage_failed' });
    expect((await runs.get(run)).state).toBe('running');
  });

  it('ends the run with the reason of its last attempt, and lets the job fail', async () => {
    shortlist.mockRejectedValueOnce(appError('storage_failed', 'the disk is full'));
    const last = handle(handler(), undefined, STAGES.normalize.attempts);
    await expect(last).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await runs.get(run)).toMatchObject({
      state: 'failed',
      problem: { code: 'storage_failed', message: 'the disk is full' },
    });
  });

  it('leaves what was added before its last attempt failed to the export', async () => {
    const add = jest.spyOn(flow, 'addCompanies');
    const addReally = RunFlow.prototype.addCompanies.bind(flow);
    add.mockImplementationOnce(addReally).mockRejectedValueOnce(appError('internal', 'crash'));
    await expect(handle(handler(), undefined, STAGES.normalize.attempts)).rejects.toThrow('crash');
    expect((await runs.get(run)).state).toBe('running');
  });

  it('goes on living when a chunk cannot be added while the next one is still read', async () => {
    const unheard = jest.fn();
    process.on('unhandledRejection', unheard);
    jest.spyOn(flow, 'addCompanies').mockRejectedValueOnce(appError('internal', 'crash'));
    shortlist.mockResolvedValueOnce({
      count: candidates.length,
      candidates: (async function* () {
        yield* candidates.slice(0, 500);
        // Node looks for failures that nobody has heard of after each turn.
        for (let turn = 0; turn < 3; turn += 1) await nextTurn();
        yield* candidates.slice(500);
      })(),
    });
    await expect(handle(handler())).rejects.toThrow('crash');
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
  });

  it('stops between two chunks when it is interrupted', async () => {
    const interruption = new AbortController();
    jest.spyOn(flow, 'addCompanies').mockImplementationOnce(async (...args) => {
      await RunFlow.prototype.addCompanies.apply(flow, args);
      interruption.abort(appError('worker_draining', 'stop'));
    });
    await expect(handle(handler(), interruption.signal)).rejects.toMatchObject({ code: 'worker_draining' });
    expect(await jobs()).toBe(500);
  });
});
