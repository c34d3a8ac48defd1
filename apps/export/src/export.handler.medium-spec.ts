import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STAGES } from '#libs/contracts';
import { FileObjectStorage } from '#libs/object-storage';
import { createMetrics, type Metrics } from '#libs/observability';
import type { StageContext, StageResult } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { CompanyRepository, dayOf, LeadRanks, RunRepository, UsageBook, type RunRef } from '#libs/run-state';
import { suppressionSubject, SuppressionLists } from '#libs/tenancy';
import { SuppressionNames } from '#libs/vendor-gate';
import { companyNumber, startTestRedis, untilDayLasts, waitUntil, type TestRedis } from '#libs/testing';
import { prepareRun, scored, walkAll } from '../test/run-builder';
import { ExportHandler } from './export.handler';
import { LeadSinks } from './lead-sinks';
import { SinkMeter } from './metrics/sink-meter';

const DONE: StageResult = { kind: 'done' };

describe('the export handler on a real Redis and real files', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let root: string;
  let storage: FileObjectStorage;
  let runs: RunRepository;
  let companies: CompanyRepository;
  let keys: CellKeys;
  let suppressions: SuppressionLists;
  let metrics: Metrics;
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
    metrics = await createMetrics({ app: 'export', version: '1', onError: () => undefined });
  });

  beforeEach(async () => {
    cell += 1;
    keys = new CellKeys(`t${cell}`);
    runs = new RunRepository(redis, keys);
    companies = new CompanyRepository(redis, keys);
    suppressions = new SuppressionLists(redis, keys, new SuppressionNames());
    root = await mkdtemp(join(tmpdir(), 'leadgen-export-'));
    storage = new FileObjectStorage(root);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(root, { recursive: true, force: true });
  });

  afterAll(async () => {
    metrics.stop();
    await closeRedis(redis);
    await server.stop();
  });

  const handle = (run: RunRef, context: Partial<StageContext> = {}): Promise<StageResult> =>
    new ExportHandler(
      runs,
      companies,
      new LeadSinks(storage, suppressions, new SinkMeter(metrics)),
      storage,
      new LeadRanks(redis, keys),
      new UsageBook(redis, keys),
    ).handle(
      { v: 1, ...run },
      {
        jobId: 'export',
        lane: null,
        attempt: 1,
        lostBy: 0,
        signal: new AbortController().signal,
        pendingChildren: () => Promise.resolve(0),
        ...context,
      },
    );

  const files = async (): Promise<string[]> =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();

  const leadRows = async (run: RunRef): Promise<string[]> => {
    const text = await readFile(storage.locate(`runs/${run.tenantId}/${run.runId}/leads.csv`), 'utf8');
    return text.split('\r\n').slice(1, -1);
  };

  it('completes a run whose companies all ended well, with totals, ranks and its files', async () => {
    const run = await prepareRun(runs, companies, { companies: 3 });
    await walkAll(companies, run, 3);
    expect(await handle(run)).toEqual(DONE);
    const record = await runs.get(run);
    expect(record).toMatchObject({ state: 'completed', counters: { candidates: 3, done: 3, failed: 0 } });
    expect(record.output).toMatchObject({
      message: '3 leads: 3 A, 0 B, 0 C',
      input: { rows: 3, kept: 3, merged: 0, rejected: 0 },
      matched: 3,
      candidates: 3,
      leads: 3,
      buckets: { A: 3, B: 0, C: 0 },
      failed: [],
      failed_total: 0,
      warnings: [],
      nearest_misses: [],
      simulated: true,
    });
    expect(record.status).toMatchObject({ phase: 'summary', message: record.output?.message });
    expect(await files()).toEqual(['leads.csv', 'leads.jsonl', 'summary.json']);
    expect((await leadRows(run)).map((row) => /Company \d/.exec(row)?.[0])).toEqual([
      'Company 0',
      'Company 1',
      'Company 2',
    ]);
  });

  it('says that enrich took longer than its budget, once, and gives the verdict on it; the run completes all the same', async () => {
    const run = await prepareRun(runs, companies, { companies: 3 });
    await companies.finish(run, companyNumber(0).company_id, {
      state: 'done',
      score: scored(50),
      failure: null,
      walkMs: 46_000,
    });
    await walkAll(companies, run, 3);
    jest
      .spyOn(LeadSinks.prototype, 'write')
      .mockRejectedValueOnce(new Error('the first exporter was killed'));
    await expect(handle(run)).rejects.toThrow('killed');
    expect(await handle(run)).toEqual(DONE);
    const told = (await runs.events(run)).filter(({ type }) => type === 'stage_budget_exceeded');
    expect(told).toEqual([
      expect.objectContaining({
        phase: 'enrich',
        message: 'enrich took 46 s for its slowest company, its budget is 45 s',
      }),
    ]);
    const { state, output } = await runs.get(run);
    expect(state).toBe('completed');
    const budgeted = { stage: 'enrich', duration_ms: 46_000, budget_ms: 45_000, within: false };
    expect(output?.verdicts).toContainEqual(budgeted);
  });

  it('leaves out who is on the tenant’s suppression list, by domain or by name, and says so', async () => {
    const run = await prepareRun(runs, companies, { companies: 4 });
    await walkAll(companies, run, 3);
    await companies.finish(run, companyNumber(3).company_id, {
      state: 'suppressed',
      score: null,
      failure: null,
      walkMs: 0,
    });
    await suppressions.add('acme', [
      suppressionSubject({ kind: 'domain', value: 'company-0.com' }, ''),
      suppressionSubject({ kind: 'company', value: 'COMPANY 2 Inc.' }, ''),
    ]);
    expect(await handle(run)).toEqual(DONE);
    const { state, output } = await runs.get(run);
    expect(state).toBe('completed');
    expect(output).toMatchObject({ leads: 1, failed_total: 0, suppressed_total: 3 });
    expect(output?.suppressed.map(({ name }) => name)).toEqual(['Company 0', 'Company 2', 'Company 3']);
    expect(output?.message).toBe('1 lead: 1 A, 0 B, 0 C; 3 suppressed');
    const rows = await leadRows(run);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('Company 1');
    const jsonl = await readFile(storage.locate(`runs/acme/${run.runId}/leads.jsonl`), 'utf8');
    expect(jsonl).not.toMatch(/company-[023]/);
  });

  it('lists a company as failed whose jobs died without a word, and the run as partial', async () => {
    const run = await prepareRun(runs, companies, { companies: 3 });
    await walkAll(companies, run, 2);
    expect(await handle(run)).toEqual(DONE);
    const { state, output, counters } = await runs.get(run);
    expect(state).toBe('partial');
    expect(counters).toEqual({ candidates: 3, done: 2, failed: 1 });
    expect(output).toMatchObject({
      leads: 3,
      failed_total: 1,
      message: '3 leads: 2 A, 0 B, 1 C; 1 with problems',
    });
    expect(output?.failed).toEqual([
      {
        company_id: companyNumber(2).company_id,
        name: 'Company 2',
        reason: expect.stringContaining('Enrichment failed: no worker could finish it'),
      },
    ]);
    expect(await leadRows(run)).toHaveLength(3);
  });

  it('lets nobody finish a company any more that it has listed as failed', async () => {
    const run = await prepareRun(runs, companies, { companies: 1 });
    await handle(run);
    const outcome = { state: 'done', score: null, failure: null, walkMs: 1 } as const;
    expect(await companies.finish(run, companyNumber(0).company_id, outcome)).toBe(false);
  });

  it('does not call a run completed whose normalize gave up while adding its companies', async () => {
    const run = await prepareRun(runs, companies, { companies: 30, added: 10 });
    await walkAll(companies, run, 10);
    await handle(run);
    const { state, output } = await runs.get(run);
    expect(state).toBe('partial');
    expect(output).toMatchObject({ leads: 10, failed_total: 20, warnings: ['companies_never_started'] });
    expect(output?.message).toContain('20 selected companies were never started');
  });

  it('fails a run that normalize left without a shortlist', async () => {
    const run = await prepareRun(runs, companies, { companies: 0, sourceRunId: 'x' });
    await redis.hdel(new CellKeys(`t${cell}`).run(run.tenantId, run.runId), 'plan');
    expect(await handle(run)).toEqual(DONE);
    expect(await runs.get(run)).toMatchObject({ state: 'failed', problem: { code: 'internal' } });
    expect(await files()).toEqual([]);
  });

  it('completes a run in which nothing matched, with a warning, the nearest misses and empty files', async () => {
    const run = await prepareRun(runs, companies, { companies: 0 });
    await handle(run);
    expect(await runs.get(run)).toMatchObject({
      state: 'completed',
      output: {
        message: 'No company matched the ideal-customer profile',
        warnings: ['no_company_matched'],
        nearest_misses: [{ name: 'Near' }],
      },
    });
    expect(await leadRows(run)).toEqual([]);
  });

  it('writes no leads in a dry run, and says what it would have enriched', async () => {
    const stages = ['plan', 'normalize', 'shortlist', 'summary'] as const;
    const run = await prepareRun(runs, companies, { companies: 4, stages });
    await handle(run);
    const { state, output } = await runs.get(run);
    expect(state).toBe('completed');
    expect(output).toMatchObject({ leads: 0, failed_total: 0 });
    expect(output?.message).toBe('4 companies matched, 4 selected; none was enriched');
    expect(await files()).toEqual(['summary.json']);
    expect((await runs.events(run)).filter(({ phase }) => phase === 'score')).toEqual([]);
  });

  it('exports what an earlier run enriched, without a word about matching', async () => {
    const source = await prepareRun(runs, companies, { companies: 2 });
    await walkAll(companies, source, 2);
    const stages = ['plan', 'score', 'export', 'summary'] as const;
    const run = await prepareRun(runs, companies, { companies: 0, stages, sourceRunId: source.runId });
    await handle(run);
    const { state, output } = await runs.get(run);
    expect(state).toBe('completed');
    expect(output).toMatchObject({ leads: 2, warnings: [], message: '2 leads: 2 A, 0 B, 0 C' });
    expect(Object.keys(output?.files ?? {}).sort()).toEqual(['leads_csv', 'leads_jsonl', 'summary']);
    expect((await runs.get(source)).counters).toEqual({ candidates: 2, done: 2, failed: 0 });
  });

  it('leaves one whole file when a stalled exporter and a second one write at the same time', async () => {
    const run = await prepareRun(runs, companies, { companies: 9 });
    await walkAll(companies, run, 9);
    expect(await Promise.all([handle(run), handle(run)])).toEqual([DONE, DONE]);
    expect(await files()).toEqual(['leads.csv', 'leads.jsonl', 'summary.json']);
    expect(await leadRows(run)).toHaveLength(9);
    const ends = (await runs.events(run)).filter(({ type }) => type === 'run_complete');
    expect(ends).toHaveLength(1);
  });

  it('waits for a late child before it touches a sink, and takes no company from then on', async () => {
    const run = await prepareRun(runs, companies, { companies: 1 });
    expect(await handle(run, { pendingChildren: () => Promise.resolve(1) })).toEqual({ kind: 'children' });
    expect(await files()).toEqual([]);
    expect(await runs.adding.claim(run)).toEqual({ closed: 'running' });
    expect((await companies.find(run, companyNumber(0).company_id))?.state).toBe('pending');
  });

  it('never exports a run that was cancelled, needs input or waits', async () => {
    for (const end of ['cancelled', 'needs_input'] as const) {
      const run = await prepareRun(runs, companies, { companies: 1 });
      await runs.transition(run, end, { event: 'run_cancelled', message: end });
      expect(await handle(run)).toEqual(DONE);
      expect((await runs.get(run)).state).toBe(end);
    }
    const paused = await prepareRun(runs, companies, { companies: 1 });
    await runs.transition(paused, 'paused', { event: 'run_paused', message: 'wait' });
    expect((await handle(paused)).kind).toBe('later');
    expect(await files()).toEqual([]);
  });

  it.each([
    ['cancelled', 'done'],
    ['paused', 'later'],
  ] as const)('respects that a run is %s while its leads are written', async (state, kind) => {
    const run = await prepareRun(runs, companies, { companies: 2 });
    await walkAll(companies, run, 2);
    const write = LeadSinks.prototype.write;
    jest.spyOn(LeadSinks.prototype, 'write').mockImplementationOnce(async function (
      this: LeadSinks,
      ...args
    ) {
      await runs.transition(run, state, { event: 'run_cancelled', message: state });
      return write.apply(this, args);
    });
    expect((await handle(run)).kind).toBe(kind);
    expect((await runs.get(run)).state).toBe(state);
  });

  it('leaves where each lead ranks, and which are new: not those of an earlier export, but those it had nothing of', async () => {
    const ranks = new LeadRanks(redis, keys);
    const page = async (run: RunRef, newOnly: boolean): Promise<string[]> =>
      (await ranks.page(run, { after: 0, upTo: Infinity, limit: 10, newOnly })).map(
        ({ companyId, rank }) => `${rank} ${companyId}`,
      );
    const ranked = (...ns: number[]): string[] => ns.map((n) => `${n + 1} ${companyNumber(n).company_id}`);

    const first = await prepareRun(runs, companies, { companies: 3 });
    await walkAll(companies, first, 2);
    await companies.finish(first, companyNumber(2).company_id, {
      state: 'failed',
      score: null,
      failure: 'the vendors are down',
      walkMs: 1,
    });
    expect(await ranks.areKnown(first)).toBe(false);
    expect(await handle(first)).toEqual(DONE);
    expect(await page(first, false)).toEqual(ranked(0, 1, 2));
    expect(await page(first, true)).toEqual(ranked(0, 1, 2));

    const second = await prepareRun(runs, companies, { companies: 4 });
    await walkAll(companies, second, 4);
    expect(await handle(second)).toEqual(DONE);
    expect(await page(second, false)).toEqual(ranked(0, 1, 2, 3));
    expect(await page(second, true)).toEqual(ranked(2, 3));
    // The later run takes nothing from the earlier.
    expect(await page(first, true)).toEqual(ranked(0, 1, 2));
    expect(await ranks.page(second, { after: 1, upTo: 3, limit: 10, newOnly: false })).toEqual([
      { companyId: companyNumber(1).company_id, rank: 2 },
      { companyId: companyNumber(2).company_id, rank: 3 },
    ]);
  });

  const failed = { state: 'failed', score: null, failure: 'the vendors are down', walkMs: 1 } as const;

  describe('of a run that is for new leads only', () => {
    const namesIn = async (run: RunRef): Promise<(string | undefined)[]> =>
      (await leadRows(run)).map((row) => `${row.split(',')[0]} ${/Company \d/.exec(row)?.[0]}`);

    it('delivers those that no earlier export has had, and says how many it left out', async () => {
      const first = await prepareRun(runs, companies, { companies: 3 });
      await walkAll(companies, first, 2);
      await companies.finish(first, companyNumber(2).company_id, failed);
      await handle(first);

      const second = await prepareRun(runs, companies, { companies: 5, newOnly: true });
      await walkAll(companies, second, 4);
      await companies.finish(second, companyNumber(4).company_id, failed);
      await handle(second);
      expect(await namesIn(second)).toEqual(['1 Company 2', '2 Company 3', '3 Company 4']);
      const jsonl = await readFile(storage.locate(`runs/acme/${second.runId}/leads.jsonl`), 'utf8');
      expect(jsonl).not.toMatch(/company-[01]/);
      const { output, state } = await runs.get(second);
      expect(output).toMatchObject({
        leads: 3,
        delivered_before: 2,
        buckets: { A: 1, B: 1, C: 1 },
        failed_total: 1,
      });
      expect(output?.message).toBe('3 leads: 1 A, 1 B, 1 C; 1 with problems; 2 delivered before');
      expect(state).toBe('partial');

      const third = await prepareRun(runs, companies, { companies: 5, newOnly: true });
      await walkAll(companies, third, 5);
      await handle(third);
      // Of the fifth the second run had nothing.
      expect(await namesIn(third)).toEqual(['1 Company 4']);
      const all = await prepareRun(runs, companies, { companies: 5 });
      await walkAll(companies, all, 5);
      await handle(all);
      expect(await namesIn(all)).toHaveLength(5);
      expect((await runs.get(all)).output?.delivered_before).toBe(0);
    });

    it('counts a company delivered before among the failed when it fails now', async () => {
      const first = await prepareRun(runs, companies, { companies: 1 });
      await walkAll(companies, first, 1);
      await handle(first);
      const second = await prepareRun(runs, companies, { companies: 2, newOnly: true });
      await companies.finish(second, companyNumber(0).company_id, failed);
      await companies.finish(second, companyNumber(1).company_id, failed);
      await handle(second);
      const { output, state } = await runs.get(second);
      expect(state).toBe('partial');
      expect(output).toMatchObject({ leads: 1, delivered_before: 1, failed_total: 2 });
      expect(output?.failed.map(({ name }) => name)).toEqual(['Company 0', 'Company 1']);
    });

    it('writes the same leads when its export is done again', async () => {
      const first = await prepareRun(runs, companies, { companies: 1 });
      await walkAll(companies, first, 1);
      await handle(first);
      const run = await prepareRun(runs, companies, { companies: 3, newOnly: true });
      await walkAll(companies, run, 3);
      const killed = jest
        .spyOn(runs, 'transition')
        .mockRejectedValueOnce(new Error('killed after handing over'));
      await expect(handle(run)).rejects.toThrow('killed');
      killed.mockRestore();
      const before = await namesIn(run);
      expect(before).toEqual(['1 Company 1', '2 Company 2']);
      expect(await handle(run, { attempt: 2 })).toEqual(DONE);
      expect(await namesIn(run)).toEqual(before);
      expect((await runs.get(run)).output).toMatchObject({ leads: 2, delivered_before: 1 });
    });

    it('takes no simulated lead for a delivered one', async () => {
      const offline = await prepareRun(runs, companies, { companies: 1 });
      await walkAll(companies, offline, 1);
      await handle(offline);
      const run = await prepareRun(runs, companies, { companies: 1, newOnly: true, simulated: false });
      await walkAll(companies, run, 1);
      await handle(run);
      expect(await namesIn(run)).toEqual(['1 Company 0']);
    });
  });

  it('hands nothing over when the run is cancelled meanwhile', async () => {
    const run = await prepareRun(runs, companies, { companies: 1 });
    await walkAll(companies, run, 1);
    const announce = runs.announce.bind(runs);
    jest.spyOn(runs, 'announce').mockImplementation(async (...args) => {
      if (args[2] === 'summary') {
        await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      }
      return announce(...args);
    });
    expect(await handle(run)).toEqual(DONE);
    const later = await prepareRun(runs, companies, { companies: 1 });
    expect(
      await new LeadRanks(redis, keys).areNew(later, [companyNumber(0).company_id], { simulated: true }),
    ).toEqual([true]);
  });

  it('books what the vendors did, once, however the run ended', async () => {
    await untilDayLasts(20_000);
    const run = await prepareRun(runs, companies, { companies: 1 });
    await walkAll(companies, run, 1);
    await redis.hset(keys.run(run.tenantId, run.runId), { 'u:v:calls': 3, 'u:v:cost': 40, 'u:v:t25': 3 });
    expect(await handle(run)).toEqual(DONE);
    expect(await handle(run)).toEqual(DONE);
    const cancelled = await prepareRun(runs, companies, { companies: 1 });
    await redis.hset(keys.run(cancelled.tenantId, cancelled.runId), { 'u:v:calls': 1, 'u:v:saved': 7 });
    await runs.transition(cancelled, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    expect(await handle(cancelled)).toEqual(DONE);
    const book = new UsageBook(redis, keys);
    expect(await book.between('acme', '2000-01-01', '2000-01-31')).toEqual([]);
    const [usage, ...others] = await book.between('acme', dayOf(Date.now() - 60_000), dayOf(Date.now()));
    expect(usage).toMatchObject({ vendor: 'v', calls: 4, cached: 0, costMicro: 40, savedMicro: 7 });
    expect(others).toEqual([]);
  });

  it('stops between two companies when it is interrupted', async () => {
    const run = await prepareRun(runs, companies, { companies: 3 });
    await walkAll(companies, run, 3);
    const interruption = new AbortController();
    interruption.abort(new Error('draining'));
    await expect(handle(run, { signal: interruption.signal })).rejects.toThrow('draining');
    expect(await files()).toEqual([]);
    expect((await runs.get(run)).state).toBe('running');
  });

  describe('on a full disk', () => {
    const DISK_BYTES = 40_960;
    let mounted: boolean;

    /** A real small file system where this process may mount one, else a played one that takes what fits. */
    beforeEach(() => {
      const mount = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'leadgen-test', root];
      mounted = spawnSync('mount', mount).status === 0;
      if (!mounted) storage = new FileObjectStorage(root, limitedOpen);
    });
    afterEach(() => {
      if (mounted) expect(spawnSync('umount', [root]).status).toBe(0);
    });

    async function limitedOpen(...args: Parameters<typeof open>): ReturnType<typeof open> {
      const handle = await open(...args);
      const append = handle.appendFile.bind(handle);
      let freeBytes = 10_000;
      handle.appendFile = async (data) => {
        const bytes = data as Buffer;
        await append(bytes.subarray(0, freeBytes));
        freeBytes -= bytes.length;
        if (freeBytes < 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
      };
      return handle;
    }

    it('leaves no partial file, tries again, and at last fails the run with the reason', async () => {
      const run = await prepareRun(runs, companies, { companies: 60 });
      await walkAll(companies, run, 9);
      await expect(handle(run)).rejects.toMatchObject({ code: 'storage_failed' });
      const left = (await files()).filter((name) => name !== 'leads.csv');
      expect(left).toEqual([]);
      expect((await runs.get(run)).state).toBe('running');

      const last = { attempt: STAGES.export.attempts };
      await expect(handle(run, last)).rejects.toMatchObject({ code: 'storage_failed' });
      const record = await runs.get(run);
      expect(record).toMatchObject({ state: 'failed', problem: { code: 'storage_failed' } });
      expect(record.status.message).toContain('the disk is full');
    });
  });

  it('finds what a killed exporter left, and completes the run with the same file', async () => {
    const run = await prepareRun(runs, companies, { companies: 5 });
    await walkAll(companies, run, 5);
    const announce = jest.spyOn(runs, 'transition').mockRejectedValueOnce(new Error('killed after the sink'));
    await expect(handle(run)).rejects.toThrow('killed');
    announce.mockRestore();
    const before = await leadRows(run);
    expect(await handle(run, { attempt: 2 })).toEqual(DONE);
    expect(await leadRows(run)).toEqual(before);
    await waitUntil(async () => (await runs.get(run)).state === 'completed', {
      timeoutMs: 20_000,
      what: 'the run ends',
    });
  });
});
