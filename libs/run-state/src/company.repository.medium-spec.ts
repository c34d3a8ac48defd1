import { RedisClock } from '#libs/redis';
import { companyNumber, useTestRedis } from '#libs/testing';
import { CompanyRepository, journalFields, type Candidate } from './company.repository';
import type { RunRef } from './run-ref';
import { RunRepository } from './run.repository';

const candidate = (n: number): Candidate => ({
  company: companyNumber(n),
  match: { matched: true, pre_score: 50, reasons: [] },
  position: n + 1,
});

describe('CompanyRepository on a real Redis', () => {
  const cell = useTestRedis();
  let runs: RunRepository;
  let companies: CompanyRepository;
  let run: RunRef;

  beforeEach(async () => {
    runs = new RunRepository(cell.redis, cell.keys);
    companies = new CompanyRepository(cell.redis, cell.keys);
    run = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 25, export: ['csv'] },
      { source: 'cli' },
    );
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
  });

  async function addThree(): Promise<string> {
    const claim = await runs.adding.claim(run);
    if ('closed' in claim) throw new Error('the run is closed');
    await companies.create(run, claim.token, [candidate(0), candidate(1), candidate(2)]);
    await runs.adding.advance(run, claim.token, { cursor: 3, candidates: 3 });
    return claim.token;
  }

  const done = { state: 'done', score: null, failure: null, walkMs: 12 } as const;

  it('stores nothing for an adder whose fence has moved', async () => {
    const claim = await runs.adding.claim(run);
    await runs.adding.claim(run);
    const stale = companies.create(run, 'token' in claim ? claim.token : '', [candidate(0)]);
    await expect(stale).rejects.toMatchObject({ code: 'fenced_out' });
    expect(await companies.count(run)).toBe(0);
  });

  it('answers only the companies still to be walked when a chunk is added again', async () => {
    const token = await addThree();
    await companies.finish(run, companyNumber(1).company_id, done);
    const pending = await companies.create(run, token, [candidate(0), candidate(1), candidate(2)]);
    expect(pending).toEqual([companyNumber(0).company_id, companyNumber(2).company_id]);
  });

  it('counts a company once however often its walk ends', async () => {
    await addThree();
    const id = companyNumber(0).company_id;
    const ends = await Promise.all(Array.from({ length: 20 }, () => companies.finish(run, id, done)));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect((await runs.get(run)).counters).toEqual({ candidates: 3, done: 1, failed: 0 });
  });

  it('keeps what two tenants know of the same company apart: neither overwrites the other’s score', async () => {
    const other = await runs.create(
      { tenant_id: 'globex', input: 'go', mode: 'full', limit: 25, export: ['csv'] },
      { source: 'cli' },
    );
    const id = companyNumber(0).company_id;
    for (const [of, score] of [
      [run, 71],
      [other, 12],
    ] as const) {
      const claim = await runs.adding.claim(of);
      await companies.create(of, 'token' in claim ? claim.token : '', [candidate(0)]);
      await cell.redis.hset(companies.key(of, id), { score: JSON.stringify({ score }) });
    }
    const scores = await Promise.all([run, other].map((of) => companies.find(of, id)));
    expect(scores.map((document) => document?.score)).toEqual([{ score: 71 }, { score: 12 }]);
  });

  it('keeps the journal: a step ended, a vendor passed over, and what came with the end', async () => {
    await addThree();
    const id = companyNumber(0).company_id;
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
    await cell.redis.hset(companies.key(run, id), journalFields({ kind: 'tried', record: tried }));
    await companies.finish(run, id, done, [{ kind: 'step', record: step }]);
    expect(await companies.find(run, id)).toMatchObject({ state: 'done', steps: [step], tried: [tried] });
  });

  it('reads all companies of a run in shortlist order, page by page', async () => {
    await addThree();
    const names: (string | null)[] = [];
    for await (const document of companies.all(run, 2)) names.push(document.company.name);
    expect(names).toEqual(['Company 0', 'Company 1', 'Company 2']);
  });

  describe('whose walk moves', () => {
    const id = companyNumber(0).company_id;
    const move = (from: string, to: string, lane: string | null, tries = 0) =>
      companies.move(run, id, { from, to, lane, walkedMs: 10, tries });
    const parked = () => cell.redis.hgetall(cell.keys.parked(run.tenantId, run.runId));

    beforeEach(addThree);

    it('names one next job, whoever else asks, and says the same when it is asked again', async () => {
      const moves = await Promise.all([
        move('h0', 'h1', 'sonar'),
        move('h0', 'h1', 'sonar'),
        move('x', 'y', null),
      ]);
      expect(moves).toEqual(['moved', 'moved', 'taken']);
      expect(await companies.standing(run, id)).toMatchObject({
        document: { state: 'pending' },
        next: { jobId: 'h1', lane: 'sonar' },
        tries: 0,
      });
      expect(await parked()).toEqual({ sonar: '1' });
    });

    it('knows who waits in which lane, and for how long by the clock that the cell shares', async () => {
      const atRedis = new RedisClock(cell.redis);
      await atRedis.measure();
      companies = new CompanyRepository(cell.redis, cell.keys, { now: () => atRedis.now() + 3_600_000 });
      await move('h0', 'h1', 'sonar', 2);
      const waitedMs = (await companies.standing(run, id))?.waitedMs ?? 0;
      expect(Math.abs(waitedMs - 3_600_000)).toBeLessThan(5_000);
      expect((await companies.standing(run, id))?.tries).toBe(2);
      await move('h1', 'h2', null);
      expect(await parked()).toEqual({ sonar: '0' });
      expect(await companies.standing(run, id)).toMatchObject({ next: { lane: null }, waitedMs: null });
      await move('h2', 'h3', 'radar');
      await companies.finish(run, id, done);
      expect(await parked()).toEqual({ sonar: '0', radar: '0' });
    });

    it('is walked for as long as all its jobs took together', async () => {
      await move('h0', 'h1', 'sonar');
      await move('h1', 'h2', null);
      await companies.finish(run, id, done);
      expect(await cell.redis.hget(companies.key(run, id), 'walk_ms')).toBe('32');
      expect(await runs.field(run, 'enrich_ms_max')).toBe('32');
      // Nothing of its moves is kept for the month that the document is.
      expect(await companies.standing(run, id)).toMatchObject({ next: null, waitedMs: null, tries: 0 });
    });

    it('moves no more once it has ended, or its run has, or the export has begun', async () => {
      await companies.finish(run, companyNumber(1).company_id, done);
      const ended = { from: 'h0', to: 'h1', lane: 'sonar', walkedMs: 0, tries: 0 };
      expect(await companies.move(run, companyNumber(1).company_id, ended)).toBe('ended');
      await runs.adding.close(run);
      expect(await move('h0', 'h1', 'sonar')).toBe('ended');
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      expect(await companies.move(run, companyNumber(2).company_id, ended)).toBe('ended');
      expect(await parked()).toEqual({});
    });
  });
});
