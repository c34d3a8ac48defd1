import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import {
  hasEnded,
  onlyVendors,
  postRun,
  runFiles,
  runFolder,
  runLeadgen,
  simulatorBooks,
  startTestCell,
  untilRun,
  viewRun,
  websitesOf,
  type PostedRun,
  type RunView,
  type SpawnedApp,
  type TestCell,
} from '#libs/testing';
import { RedisGateOperations } from '#libs/vendor-gate';

const FAILING = 'tavily';
const DOUBTFUL = 'apollo';
/** By Redis's clock a run must be five seconds old for the reconciler, which looks every five. */
const RECONCILED_MS = 90_000;

interface RetryAnswer {
  status: number;
  code?: string;
  dry_run?: boolean;
  run?: RunView;
  estimate?: {
    companies: number;
    failed: number;
    in_doubt: number;
    stays_in_doubt: number;
    calls: { vendor: string; calls: number }[];
    cost_micro_usd: { low: number; expected: number; high: number };
  };
}

describe('trying a run again', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let runs: RunRepository;
  let gate: RedisGateOperations;
  const keys = new CellKeys('main');

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: 0 },
      api: true,
      tenants: {
        default: { waterfalls: onlyVendors({ enrich_company: [DOUBTFUL], find_signals: [FAILING] }) },
      },
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
    redis = createRedis(cell.env.REDIS_URL ?? '', workerConnectionOptions());
    await redis.connect();
    runs = new RunRepository(redis, keys);
    gate = new RedisGateOperations(redis, keys);
  });

  afterAll(async () => {
    await closeRedis(redis);
    await cell.stop();
  });

  /** A worker whose key the vendor accepts or refuses. */
  const worker = (key?: 'refused'): Promise<SpawnedApp> =>
    cell.start('enrich', key ? { [`VENDOR_${FAILING.toUpperCase()}_API_KEY`]: 'not-a-key' } : {});

  async function retry({ tenant, runId }: PostedRun, body?: unknown, api = cell.api): Promise<RetryAnswer> {
    const response = await fetch(`${String(api?.ready.url)}/api/orchestrations/${runId}/retry`, {
      method: 'POST',
      headers: {
        ...(await cell.authorization(tenant)),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { ...((await response.json()) as object), status: response.status };
  }

  const ended = (run: PostedRun, timeoutMs = 120_000): Promise<RunView> =>
    untilRun(cell, run, hasEnded, { timeoutMs });
  const calls = async (vendor: string): Promise<number> => (await simulatorBooks.of(cell, vendor)).calls;

  /** Runs some of whose companies fail, since a vendor refuses the key of the only worker; the first `known` are bought before. */
  async function partlyFailedRuns(
    tags: readonly string[],
    { count, known }: { count: number; known: number },
  ): Promise<PostedRun[]> {
    const postAll = (companies: number): Promise<PostedRun[]> =>
      Promise.all(tags.map((tag) => postRun(cell, { tenant: 'acme', websites: websitesOf(tag, companies) })));
    const good = await worker();
    for (const before of await postAll(known)) {
      expect((await ended(before)).counters).toMatchObject({ done: known });
    }
    await good.stop();
    const bad = await worker('refused');
    const runs = await postAll(count);
    for (const run of runs) expect((await ended(run)).state).toBe('partial');
    await bad.stop();
    return runs;
  }

  it('is priced first, walks only what failed, buys nothing twice, and ends complete', async () => {
    await cell.control('POST', 'faults', {
      vendor: DOUBTFUL,
      op: 'enrich_company',
      kind: 'timeout_before_effect',
      count: 2,
    });
    // The first run's two are in doubt from there on, for the second as well.
    const [run] = (await partlyFailedRuns(['again'], { count: 12, known: 6 })) as [PostedRun];
    const first = await viewRun(cell, run);
    expect(first.output).toMatchObject({ leads: 12, failed_total: 8 });

    const [signals, firms] = [await calls(FAILING), await calls(DOUBTFUL)];
    const dry = await retry(run, { dry_run: true });
    expect(dry).toMatchObject({
      status: 200,
      dry_run: true,
      estimate: { companies: 8, failed: 6, in_doubt: 2, stays_in_doubt: 2 },
      run: { state: 'partial' },
    });
    const { cost_micro_usd: cost } = dry.estimate as NonNullable<RetryAnswer['estimate']>;
    expect(cost.low).toBeLessThanOrEqual(cost.expected);
    expect(cost.expected).toBeGreaterThan(0);
    // Six questions of what failed; what is in doubt is not asked again.
    expect(dry.estimate?.calls).toEqual([{ vendor: FAILING, calls: 6 }]);
    expect(await retry(run, { max_cost_micro_usd: cost.expected - 1 })).toMatchObject({
      status: 409,
      code: 'retry_too_expensive',
    });
    const named = ['retry', '--tenant-id', run.tenant, '--run-id', run.runId];
    const inShell = await runLeadgen([...named, '--dry-run'], cell.env);
    expect(inShell.last()).toMatchObject({
      exit_code: 0,
      state: 'partial',
      retry: { dry_run: true, companies: 8, stays_in_doubt: 2, estimate: { cost_micro: cost } },
    });
    expect(inShell.stderr).toMatch(/6 companies with an error, 2 in doubt, of which 2 stay so/);
    expect((await runLeadgen([...named, '--max-cost', '0.01'], cell.env)).last()).toMatchObject({
      exit_code: 2,
      error: { code: 'retry_too_expensive' },
    });
    expect(await calls(FAILING)).toBe(signals);
    expect((await viewRun(cell, run)).state).toBe('partial');

    const good = await worker();
    const started = await retry(run, { include: ['failed'], max_cost_micro_usd: cost.expected });
    expect(started).toMatchObject({ status: 202, dry_run: false, estimate: { companies: 6 } });
    expect(await retry(run)).toMatchObject({ status: 409 });
    const second = await ended(run);
    expect(second).toMatchObject({
      state: 'partial',
      counters: { candidates: 12, done: 12, failed: 0 },
      output: { leads: 12, failed_total: 2 },
    });
    expect(await calls(FAILING)).toBe(signals + 6);
    expect(await calls(DOUBTFUL)).toBe(firms);

    // In doubt stays in doubt, and is asked nothing, until somebody says how it ended.
    expect((await runLeadgen(named, cell.env)).last()).toMatchObject({
      exit_code: 0,
      retry: { dry_run: false, companies: 2, stays_in_doubt: 2 },
    });
    expect(await ended(run)).toMatchObject({ state: 'partial', output: { failed_total: 2 } });
    expect(await calls(DOUBTFUL)).toBe(firms);
    for (const { callId } of await gate.doubts('acme')) await gate.resolveDoubt('acme', callId, 'not_bought');
    expect(await retry(run)).toMatchObject({ status: 202, estimate: { companies: 2, stays_in_doubt: 0 } });
    const last = await ended(run);
    await good.stop();
    expect(last).toMatchObject({
      state: 'completed',
      counters: { candidates: 12, done: 12, failed: 0 },
      output: { leads: 12, failed_total: 0 },
    });
    expect(await calls(DOUBTFUL)).toBe(firms + 2);
    expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
    const rows = await runFiles.csv(runFolder(cell, last));
    expect(new Set(rows.map(({ company_id: id }) => id)).size).toBe(12);
    expect(rows).toHaveLength(12);
    const events = await runs.events({ tenantId: run.tenant, runId: run.runId });
    expect(events.filter(({ type }) => type === 'run_retried')).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'run_complete')).toHaveLength(4);
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, i) => i + 1));

    expect(await retry(run)).toMatchObject({ status: 409, code: 'nothing_to_retry' });
    expect(await retry({ ...run, tenant: 'globex' })).toMatchObject({ status: 404, code: 'run_not_found' });
  });

  describe('whatever happens meanwhile', () => {
    let failed: [PostedRun, PostedRun, PostedRun];

    beforeAll(async () => {
      const tags = ['killed', 'half-way', 'race'];
      failed = (await partlyFailedRuns(tags, { count: 4, known: 2 })) as typeof failed;
      await worker();
    });

    it('goes on by itself where the process died between the flip and the new flow', async () => {
      const [run] = failed;
      const doomed = await cell.start('api', {
        LEADGEN_API_PORT: '0',
        LEADGEN_FAILPOINT: 'retry.before_flow:kill',
      });
      await expect(retry(run, undefined, doomed)).rejects.toThrow(/fetch failed/);
      expect(await doomed.exited).toBe('SIGKILL');
      expect(await viewRun(cell, run)).toMatchObject({ state: 'running', output: null });
      expect(await ended(run, RECONCILED_MS)).toMatchObject({
        state: 'completed',
        counters: { candidates: 4, done: 4, failed: 0 },
      });
      expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
    });

    it('goes on where the worker that opens the companies again died half-way', async () => {
      const [, run] = failed;
      for (const app of cell.apps.filter(({ name }) => name === 'normalize')) await app.stop();
      const doomed = await cell.start('normalize', { LEADGEN_FAILPOINT: 'retry.before_add:kill' });
      expect((await retry(run)).status).toBe(202);
      expect(await doomed.exited).toBe('SIGKILL');
      await cell.start('normalize');
      expect(await ended(run, RECONCILED_MS)).toMatchObject({
        state: 'completed',
        counters: { candidates: 4, done: 4, failed: 0 },
        output: { leads: 4, failed_total: 0 },
      });
      expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
    });

    it('has one winner when a cancel comes at the same time, and never runs on afterwards', async () => {
      const [, , run] = failed;
      const ref = { tenantId: run.tenant, runId: run.runId };
      const cancel = (): Promise<unknown> =>
        runs.transition(ref, 'cancelled', { event: 'run_cancelled', message: 'Cancelled' });
      const answers = await Promise.all([retry(run), retry(run), cancel().catch((error: unknown) => error)]);
      expect(
        answers
          .slice(0, 2)
          .map((answer) => (answer as RetryAnswer).status)
          .sort(),
      ).toEqual([202, 409]);
      // Before the retry there was nothing to cancel; after it there is.
      if (!hasEnded(await viewRun(cell, run))) {
        // Unless it has ended by now.
        await cancel().catch((error: unknown) => expect(error).toMatchObject({ code: 'illegal_transition' }));
      }
      expect(hasEnded(await ended(run))).toBe(true);
    });
  });
});
