import type { Company } from '#libs/contracts';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { CompanyRepository, journalFields, type Candidate } from './company.repository';
import { RunRepository, type RunRef } from './run.repository';

const company = (n: number): Company => ({
  company_id: `c_${'a'.repeat(15)}${'abcdefghij'[n] ?? 'z'}`,
  name: `Company ${n}`,
  domain: `company-${n}.com`,
  social: null,
  country: 'US',
  region: null,
  city: null,
  industry: 'software',
  industries: ['software'],
  employees: null,
  founded: null,
  description: null,
  source_rows: [n + 1],
});

const candidate = (n: number): Candidate => ({
  company: company(n),
  match: { matched: true, pre_score: 50, reasons: [] },
  position: n + 1,
});

describe('CompanyRepository on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let runs: RunRepository;
  let companies: CompanyRepository;
  let run: RunRef;
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
  });

  beforeEach(async () => {
    cell += 1;
    const keys = new CellKeys(`t${cell}`);
    runs = new RunRepository(redis, keys);
    companies = new CompanyRepository(redis, keys);
    run = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 25, export: ['csv'] },
      { source: 'cli' },
    );
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  async function addThree(): Promise<string> {
    const claim = await runs.claimFence(run);
    if ('closed' in claim) throw new Error('the run is closed');
    await companies.create(run, claim.token, [candidate(0), candidate(1), candidate(2)]);
    await runs.advanceAdding(run, claim.token, { cursor: 3, candidates: 3 });
    return claim.token;
  }

  const done = { state: 'done', score: null, failure: null, walkMs: 12 } as const;

  it('stores nothing for an adder whose fence has moved', async () => {
    const claim = await runs.claimFence(run);
    await runs.claimFence(run);
    const stale = companies.create(run, 'token' in claim ? claim.token : '', [candidate(0)]);
    await expect(stale).rejects.toMatchObject({ code: 'fenced_out' });
    expect(await companies.count(run)).toBe(0);
  });

  it('answers only the companies still to be walked when a chunk is added again', async () => {
    const token = await addThree();
    await companies.finish(run, company(1).company_id, done);
    const pending = await companies.create(run, token, [candidate(0), candidate(1), candidate(2)]);
    expect(pending).toEqual([company(0).company_id, company(2).company_id]);
  });

  it('counts a company once however often its walk ends', async () => {
    await addThree();
    const id = company(0).company_id;
    const ends = await Promise.all(Array.from({ length: 20 }, () => companies.finish(run, id, done)));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect((await runs.get(run)).counters).toEqual({ candidates: 3, done: 1, failed: 0 });
  });

  it('keeps the journal: a step ended, a vendor passed over, and what came with the end', async () => {
    await addThree();
    const id = company(0).company_id;
    const step = {
      step: 'website',
      op: 'crawl_website',
      status: 'skipped',
      vendor: null,
      reason: 'none',
      cost_micro: 0,
      simulated: false,
    } as const;
    const tried = { step: 'website', vendor: 'v', outcome: 'down', empty: false, cost_micro: 0 };
    await redis.hset(companies.key(run, id), journalFields({ kind: 'tried', record: tried }));
    await companies.finish(run, id, done, [{ kind: 'step', record: step }]);
    expect(await companies.find(run, id)).toMatchObject({ state: 'done', steps: [step], tried: [tried] });
  });

  it('reads all companies of a run in shortlist order, page by page', async () => {
    await addThree();
    const names: (string | null)[] = [];
    for await (const document of companies.all(run, 2)) names.push(document.company.name);
    expect(names).toEqual(['Company 0', 'Company 1', 'Company 2']);
  });
});
