import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '#libs/config';
import type { Exclusion, Icp, RunMode, RunPlan, RunRequest } from '#libs/contracts';
import { canonicalExclusion } from '#libs/domain';
import { FileObjectStorage, objectKeys } from '#libs/object-storage';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository, type RunRef } from '#libs/run-state';
import { ExclusionLists, TenantDocuments } from '#libs/tenancy';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { UNTUNED } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { readExclusions } from '../shortlist/exclusions-file';
import { PlanStage } from './plan.stage';
import { TenantWishes } from './tenant-wishes';

describe('planning a run, on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let runs: RunRepository;
  let planning: PlanStage;
  let wishes: TenantWishes;
  let storage: FileObjectStorage;
  let folder: string;
  let keys: CellKeys;
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
    folder = await mkdtemp(join(tmpdir(), 'leadgen-plan-'));
    storage = new FileObjectStorage(folder);
  });

  beforeEach(() => {
    cell += 1;
    keys = new CellKeys(`t${cell}`);
    runs = new RunRepository(redis, keys);
    wishes = new TenantWishes(redis, keys, storage);
    const settings = loadSettings({ ORCHESTRATOR_OFFLINE: '1' });
    planning = new PlanStage(
      runs,
      settings,
      createVendorRegistry({ access: {}, offline: true }),
      wishes,
      UNTUNED,
    );
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function start(more: Partial<RunRequest> = {}): Promise<RunRef> {
    const request: RunRequest = {
      tenant_id: 'acme',
      input: 'run full pipeline',
      mode: 'full',
      limit: 25,
      export: ['csv'],
      dataset_key: 'datasets/acme/x.csv',
      icp: { industries: ['software'] },
      ...more,
    };
    const run = await runs.create(request, { source: 'cli' });
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    return run;
  }

  const plan = async (run: RunRef): Promise<RunPlan | undefined> => planning.plan(run, await runs.get(run));

  async function question(more: Partial<RunRequest>): Promise<string> {
    const run = await start(more);
    expect(await plan(run)).toBeUndefined();
    const record = await runs.get(run);
    expect(record).toMatchObject({ state: 'needs_input', plan: null, problem: { code: 'needs_input' } });
    expect(record.status.message).toBe(record.problem?.message);
    return record.status.message;
  }

  it('ends with a question, and never waits, when something nobody may guess is missing', async () => {
    expect(await question({ dataset_key: undefined })).toMatch(/^Which companies\?/);
    expect(await question({ icp: undefined })).toMatch(/^Who is the ideal customer\?/);
    expect(await question({ input: 'hello there' })).toMatch(/was not understood/);
    expect(await question({ input: 'do not run the full pipeline' })).toMatch(/says not to run/);
    expect(await question({ mode: 'export-only', input: 'enrich only' })).toMatch(/contradict/);
  });

  it('refuses a run that is to stay offline where the workers are not: a rehearsal buys nothing', async () => {
    const online = new PlanStage(
      runs,
      loadSettings({}),
      createVendorRegistry({ access: {}, offline: false }),
      wishes,
      UNTUNED,
    );
    const run = await start({ offline: true });
    await expect(online.plan(run, await runs.get(run))).rejects.toMatchObject({ code: 'offline_mismatch' });
    expect((await plan(run))?.simulated).toBe(true);
  });

  it('pins the budget the run was asked to keep', async () => {
    const planned = await plan(await start({ budget_micro_usd: 2_500_000 }));
    expect(planned).toMatchObject({ budgets: { run_micro: 2_500_000, tenant_day_micro: null }, weight: 1 });
  });

  it('pins the weight that an operator has set for the tenant, before that of the file', async () => {
    const tuning = { weight: (tenantId: string) => (tenantId === 'acme' ? 2.5 : undefined) };
    const registry = createVendorRegistry({ access: {}, offline: true });
    const tuned = new PlanStage(runs, loadSettings({ ORCHESTRATOR_OFFLINE: '1' }), registry, wishes, tuning);
    const run = await start();
    expect((await tuned.plan(run, await runs.get(run)))?.weight).toBe(2.5);
  });

  it('takes an empty ICP for every company, and needs none where companies are not chosen', async () => {
    expect((await plan(await start({ icp: {} })))?.icp).toEqual({});
  });

  describe('with what the tenant has stored', () => {
    const store = (icp: Icp): Promise<unknown> => new TenantDocuments(redis, keys).write('acme', 'icp', icp);

    it('runs without an ICP of its own, and lets its own members stand before the stored ones', async () => {
      await store({ industries: ['software'], countries: ['DE'] });
      expect((await plan(await start({ icp: undefined })))?.icp).toEqual({
        industries: ['software'],
        countries: ['DE'],
      });
      expect((await plan(await start({ icp: { countries: ['FR'], founded: { min: 2010 } } })))?.icp).toEqual({
        industries: ['software'],
        countries: ['FR'],
        founded: { min: 2010 },
      });
    });

    it('is not touched by another tenant’s, nor by what is stored once it is planned', async () => {
      await store({ industries: ['software'] });
      expect(await question({ tenant_id: 'globex', icp: undefined })).toMatch(/^Who is the ideal customer/);
      const run = await start({ icp: undefined });
      await plan(run);
      await store({ industries: ['gambling'] });
      expect((await runs.get(run)).plan?.icp).toEqual({ industries: ['software'] });
    });

    it('refuses members that contradict the stored ones, and says that it is about both', async () => {
      await store({ exclude_countries: ['FR'] });
      await expect(plan(await start({ icp: { countries: ['FR'] } }))).rejects.toMatchObject({
        code: 'invalid_icp',
        message: expect.stringMatching(/^the stored profile with what was asked for/) as string,
      });
    });

    it('keeps the exclusion list as it is now, whatever becomes of it', async () => {
      const lists = new ExclusionLists(redis, keys);
      const entries = ['zencoder.com', 'acme.example'].map((domain) =>
        canonicalExclusion({ kind: 'customer', domain }),
      ) as Exclusion[];
      expect((await plan(await start()))?.exclusions).toBeUndefined();
      await lists.replace('acme', entries, 'any');
      const run = await start();
      expect((await plan(run))?.exclusions).toBe(2);
      await lists.replace('acme', [], 'any');
      const file = await storage.open(objectKeys.runFile('acme', run.runId, 'exclusions.jsonl'));
      expect(new Set((await readExclusions(file)).map(({ domain }) => domain))).toEqual(
        new Set(['zencoder.com', 'acme.example']),
      );
    });
  });

  it.each<[RunMode, string, string[]]>([
    ['full', 'run full pipeline', ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary']],
    ['enrich', 'enrich only', ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'summary']],
    ['dry-run', 'run full pipeline', ['plan', 'normalize', 'shortlist', 'summary']],
  ])(
    'plans the stages of mode %s and pins them, so that a retry asks nothing again',
    async (mode, input, stages) => {
      const run = await start({ mode, input });
      const planned = await plan(run);
      expect(planned?.stages).toEqual(stages);
      expect((await runs.get(run)).plan).toEqual(planned);
    },
  );

  describe('export only', () => {
    const exportOnly = (thread: string): Partial<RunRequest> => ({
      mode: 'export-only',
      input: 'score and export',
      thread_id: thread,
    });

    async function earlier(thread: string, mode: RunMode, end?: 'completed'): Promise<RunRef> {
      const run = await start({
        thread_id: thread,
        mode,
        ...(mode === 'enrich' && { input: 'enrich only' }),
      });
      await plan(run);
      const claim = await runs.adding.claim(run);
      if ('token' in claim) await runs.adding.advance(run, claim.token, { cursor: 3, candidates: 3 });
      if (end) await runs.transition(run, end, { event: 'run_complete', message: 'done' });
      return run;
    }

    it('works on the latest run of the thread that ended with enriched companies', async () => {
      await earlier('t1', 'full', 'completed');
      const latest = await earlier('t1', 'enrich', 'completed');
      await earlier('t1', 'dry-run', 'completed');
      const planned = await plan(await start(exportOnly('t1')));
      expect(planned?.source_run_id).toBe(latest.runId);
    });

    it('does not export the half-done companies of a run that goes on', async () => {
      await earlier('t2', 'full');
      expect(await question(exportOnly('t2'))).toMatch(/no enriched companies in this thread/);
    });

    it('does not export what another tenant or thread has', async () => {
      await earlier('t3', 'full', 'completed');
      expect(await question(exportOnly('t4'))).toMatch(/no enriched companies in this thread/);
      expect(await question({ ...exportOnly('t3'), tenant_id: 'globex' })).toMatch(/no enriched companies/);
    });
  });
});
