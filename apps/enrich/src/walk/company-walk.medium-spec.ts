import { NO_BUDGETS, STAGES, type CompanyDocument, type WalkPlan } from '#libs/contracts';
import { compileIcp, toLead } from '#libs/domain';
import { jobIds, type CompanyHop, type StageResult } from '#libs/queue';
import { createLogger } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import { CompanyRepository, HELD, RunRepository, type RunRef } from '#libs/run-state';
import { companyNumber, useTestRedis, waitUntil } from '#libs/testing';
import { RedisGate } from '#libs/vendor-gate';
import { ScriptedDesk, type Answer } from '../../test/scripted-desk';
import { EnrichHandler } from '../enrich.handler';
import { PlanCache } from '../plan-cache';
import { Quarantine } from '../quarantine';
import { CompanyWalk } from './company-walk';
import { Continuations, type HopPort } from './continuations';
import { GatedCall } from './gated-call';
import type { Wait } from './wait-decision';

const DONE: StageResult = { kind: 'done' };
const COMPANY = companyNumber(1, { name: 'Acme', domain: 'acme.example' });
const PLAN: WalkPlan = {
  waterfalls: { crawl_website: ['web'], find_contacts: ['finder', 'second'], verify_email: ['verifier'] },
  titles: ['CEO'],
  max_verifications: 3,
  max_email_finds: 2,
  policies: {},
};
const GOOD_WALK = ['web crawl_website', 'finder find_contacts', 'verifier verify_email'];

/** The tenant has no keys of its own. */
const own = new Map();

describe('the company walk on a real Redis', () => {
  const cell = useTestRedis();
  let redis: RedisClient;
  let keys: CellKeys;
  let runs: RunRepository;
  let companies: CompanyRepository;
  let desk: ScriptedDesk;
  let run: RunRef;
  /** Jobs that were added to go on with the walk. */
  let hops: (CompanyHop & { lane: string | null })[];
  let plan: WalkPlan;

  beforeEach(async () => {
    ({ redis, keys } = cell);
    runs = new RunRepository(redis, keys);
    companies = new CompanyRepository(redis, keys);
    desk = new ScriptedDesk();
    hops = [];
    plan = PLAN;
    jest.clearAllMocks();
    run = await newRun();
  });

  afterEach(() => jest.restoreAllMocks());

  async function newRun(): Promise<RunRef> {
    const created = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 25, export: ['csv'] },
      { source: 'cli' },
    );
    await runs.transition(created, 'running', {
      event: 'run_start',
      message: 'go',
      fields: {
        plan: JSON.stringify({ icp: {}, stages: [], walk: PLAN, simulated: false, source_run_id: null }),
      },
    });
    const claim = await runs.adding.claim(created);
    if ('closed' in claim) throw new Error('a new run takes companies');
    const match = { matched: true, pre_score: 50, reasons: [] };
    await companies.create(created, claim.token, [{ company: COMPANY, match, position: 1 }]);
    await runs.adding.advance(created, claim.token, { cursor: 1, candidates: 1 });
    return { tenantId: created.tenantId, runId: created.runId };
  }

  const walker = (gate = new RedisGate(redis, keys)): CompanyWalk =>
    new CompanyWalk(companies, new GatedCall(gate, desk, doors, runs), new Continuations(companies, hopPort));

  const hopPort: HopPort = {
    addHop: (hop, { lane }) => {
      hops.push({ ...hop, lane });
      return Promise.resolve();
    },
  };
  const doors = {
    close: jest.fn<Promise<void>, [string, number]>(),
    reopen: jest.fn<Promise<void>, [string]>(),
  };

  interface Attempt {
    attempt?: number;
    jobId?: string;
    hop?: number;
    lane?: string | null;
    signal?: AbortSignal;
    of?: RunRef;
    by?: CompanyWalk;
    simulated?: boolean;
  }

  const walk = ({
    attempt = 1,
    hop = 0,
    jobId = 'job',
    lane = null,
    signal,
    of = run,
    by = walker(),
    simulated = false,
  }: Attempt = {}): Promise<StageResult> =>
    by.advance({
      run: of,
      companyId: COMPANY.company_id,
      jobId,
      epoch: 0,
      hop,
      lane,
      attempt,
      plan: { walk: plan, icp: compileIcp({}), budgets: NO_BUDGETS, weight: 1, simulated, own },
      signal: signal ?? new AbortController().signal,
    });

  async function document(of = run): Promise<CompanyDocument> {
    const found = await companies.find(of, COMPANY.company_id);
    if (!found) throw new Error('the company is gone');
    return found;
  }

  const statuses = async (of = run): Promise<Record<string, string>> =>
    Object.fromEntries((await document(of)).steps.map(({ step, status }) => [step, status]));

  const cost = async (): Promise<number> => {
    const hash = (await runs.hash(run)) ?? {};
    return Number(hash['u:finder:cost'] ?? 0) + Number(hash['u:verifier:cost'] ?? 0);
  };

  it('asks one vendor per step, charges what they cost, and ends the company once with its score', async () => {
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
    expect(await document()).toMatchObject({ state: 'done', score: { rationale: expect.any(String) } });
    expect(await cost()).toBe(20_000);
    expect((await runs.get(run)).counters).toEqual({ candidates: 1, done: 1, failed: 0 });
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
  });

  it('has the verified address in the lead of the very walk that verified it: the old system saved it only the second time', async () => {
    await walk();
    const { contacts } = toLead(await document(), { icp: compileIcp({}), simulated: false });
    expect(contacts.map(({ verdict }) => verdict)).toContain('valid');
  });

  it('buys once for two walkers of the same company at the same time, and counts it once', async () => {
    desk.scripts.set('finder', slowly);
    desk.scripts.set('verifier', slowly);
    await Promise.all([walk({ jobId: 'one' }), walk({ jobId: 'two' })]);
    expect(desk.asked('finder')).toBe(1);
    expect(desk.asked('verifier')).toBe(1);
    expect(await cost()).toBe(20_000);
    expect((await runs.get(run)).counters.done).toBe(1);
  });

  it('buys once for a stalled walker and its successor, which share a job id', async () => {
    desk.scripts.set('finder', slowly);
    await Promise.all([walk(), walk()]);
    expect(desk.asked('finder')).toBe(1);
    expect(await cost()).toBe(20_000);
  });

  it('buys once for two runs of the same company, and neither waits for a lease to end', async () => {
    const other = await newRun();
    desk.scripts.set('finder', slowly);
    const started = performance.now();
    const results = await Promise.all([walk({ jobId: 'one' }), walk({ jobId: 'two', of: other })]);
    expect(results).toEqual([DONE, DONE]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(desk.asked('finder')).toBe(1);
    expect(await statuses(other)).toEqual(await statuses());
  });

  /** The desk's good answer, after the other walker has had its chance. */
  async function slowly(): Promise<undefined> {
    const since = performance.now();
    await waitUntil(() => performance.now() - since > 150, {
      timeoutMs: 20_000,
      what: 'the vendor takes its time',
    });
  }

  it('loses no step from the ledger, nor its count, where Redis has to be told one script anew and another not', async () => {
    await walk();
    const again = await newRun();
    const gate = new RedisGate(redis, keys);
    jest.spyOn(gate, 'journalCached').mockImplementation(async (request, journal, last) => {
      if (request.vendor === 'verifier' && last === undefined) {
        const ended = async (): Promise<boolean> => (await document(again)).state === 'done';
        await waitUntil(ended, { timeoutMs: 20_000, what: 'the walk has ended' });
      }
      return RedisGate.prototype.journalCached.call(gate, request, journal, last);
    });
    expect(await walk({ of: again, by: walker(gate) })).toEqual(DONE);
    expect(await statuses(again)).toEqual(await statuses());
    expect(await redis.hget(keys.run('acme', again.runId), 'u:verifier:cached')).toBe('1');
  });

  it('leaves no rejection unhandled, which would end the process, when Redis refuses one write after the other', async () => {
    const gate = new RedisGate(redis, keys);
    const settle = jest.spyOn(gate, 'settle').mockImplementation(async () => {
      await redis.ping();
      throw new Error('OOM command not allowed');
    });
    desk.scripts.set('finder', slowly);
    await expect(walk({ by: walker(gate) })).rejects.toThrow('OOM');
    await waitUntil(() => settle.mock.calls.length === 2, {
      timeoutMs: 20_000,
      what: 'the second call settles',
    });
    // Jest fails a test that leaves one.
    await expect(settle.mock.results[1]?.value).rejects.toThrow('OOM');
  });

  it('asks no real vendor for a run that was planned for the simulator', async () => {
    await expect(walk({ simulated: true })).rejects.toMatchObject({ code: 'offline_mismatch' });
    expect(await statuses()).toEqual({});
  });

  it('goes on from the journal after a crash between two calls', async () => {
    desk.scripts.set('verifier', () => Promise.reject(new Error('killed')));
    await expect(walk()).rejects.toThrow('killed');
    desk.scripts.clear();
    expect(await statuses()).toEqual({ website: 'found', contacts: 'found' });
    const before = desk.calls.length;
    const retry = await retried();
    expect(retry).toEqual(DONE);
    expect(desk.calls.slice(before)).toEqual([]);
    // Sent, and killed before the answer was settled: it may have been charged, so it is not asked again.
    expect(await statuses()).toMatchObject({ website: 'found', contacts: 'found', email_1: 'in_doubt' });
    expect((await document()).state).toBe('done');
  });

  it('asks again after a crash before the request was sent', async () => {
    const gate = new RedisGate(redis, keys);
    jest.spyOn(gate, 'sent').mockRejectedValueOnce(new Error('killed'));
    await expect(walk({ by: walker(gate) })).rejects.toThrow('killed');
    expect(await walk({ attempt: 2 })).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
    expect(await cost()).toBe(20_000);
  });

  /** The job is given out again until the dead walker's lease is over. */
  async function retried(): Promise<StageResult> {
    let result: StageResult = { kind: 'later', inMs: 0 };
    await waitUntil(
      async () => {
        result = await walk({ attempt: 2 });
        return result.kind === 'done';
      },
      { timeoutMs: 15_000, what: 'the walk ends' },
    );
    return result;
  }

  it('sets the company aside while a person has paused the run, and goes on afterwards', async () => {
    desk.scripts.set('web', async () => {
      const fields = { pause_reason: 'person' };
      await runs.transition(run, 'paused', { event: 'run_paused', message: 'wait', fields });
      return undefined;
    });
    expect(await walk()).toEqual(DONE);
    expect(await walk({ jobId: 'another' })).toEqual(DONE);
    expect(desk.calls).toEqual(['web crawl_website']);
    expect(await companies.held(run, 10)).toEqual([COMPANY.company_id]);
    await runs.transition(run, 'running', { event: 'run_resumed', message: 'go' });
    const move = { from: HELD, to: 'again', lane: null, walkedMs: 0, tries: 0 };
    await companies.move(run, COMPANY.company_id, move);
    expect(await walk({ jobId: 'again' })).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
  });

  it('walks on while the run has paused itself for a cap: whoever finds the cap open is not held up', async () => {
    const fields = { pause_reason: 'vendor_cap' };
    await runs.transition(run, 'paused', { event: 'run_paused', message: 'wait', fields });
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
    expect((await runs.get(run)).state).toBe('running');
    const types = (await runs.events(run)).map(({ type }) => type);
    expect(types.filter((type) => type === 'run_resumed')).toHaveLength(1);
  });

  it('calls nobody more once the run is cancelled, and leaves the company as it is', async () => {
    desk.scripts.set('finder', async () => {
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
      return undefined;
    });
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toEqual(['web crawl_website', 'finder find_contacts']);
    expect(await document()).toMatchObject({ state: 'pending' });
    // What was under way when the run was cancelled was bought, and is charged and kept.
    expect(await cost()).toBe(10_000);
    expect(await statuses()).toEqual({ website: 'found', contacts: 'found' });
  });

  it.each<[string, Answer]>([
    ['answers with errors', { kind: 'vendor_error', status: 503 }],
    ['cannot be reached', { kind: 'timeout_before_send' }],
    ['refuses the key', { kind: 'auth_failed' }],
  ])('passes a vendor over that %s, and never fails the run for it', async (_what, answer) => {
    desk.scripts.set('finder', () => answer);
    desk.scripts.set('second', () => answer);
    let result: StageResult | undefined;
    for (let attempt = 1; attempt <= STAGES.enrich.attempts && !result; attempt += 1) {
      result = await walk({ attempt }).catch(expectToBeTriedAgain);
    }
    expect(result).toEqual(DONE);
    const { state, steps } = await document();
    expect(state).toBe('done');
    expect(steps.find(({ step }) => step === 'contacts')).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^finder: .+; second: .+/),
    });
    expect(desk.asked('finder')).toBeLessThanOrEqual(3);
    expect((await runs.get(run)).state).toBe('running');
  });

  function expectToBeTriedAgain(error: unknown): undefined {
    expect(error).toMatchObject({ code: 'vendor_failed', retry: 'backoff' });
  }

  it('asks the next vendor of the waterfall when the first knows nothing', async () => {
    desk.scripts.set('finder', () => ({ kind: 'empty', units: 1 }));
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toContain('second find_contacts');
    expect(await statuses()).toMatchObject({ contacts: 'found' });
  });

  it('waits in the vendor’s lane for as long as it says "slow down", and counts nothing as bought', async () => {
    desk.scripts.set('finder', (asked) =>
      asked === 0 ? { kind: 'rate_limited', retryAfterMs: 5_000 } : undefined,
    );
    expect(await walk()).toEqual(DONE);
    expect(hops).toMatchObject([{ companyId: COMPANY.company_id, epoch: 0, hop: 1, lane: 'finder' }]);
    expect(desk.asked('finder')).toBe(1);
    expect(await cost()).toBe(0);
  });

  it('makes no further call when it is interrupted, and settles the one under way', async () => {
    const interruption = new AbortController();
    desk.scripts.set('finder', () => {
      interruption.abort(new Error('draining'));
      return undefined;
    });
    await expect(walk({ signal: interruption.signal })).rejects.toThrow('draining');
    expect(desk.calls).toEqual(['web crawl_website', 'finder find_contacts']);
    expect(await cost()).toBe(10_000);
    expect(await walk()).toEqual(DONE);
    expect(desk.calls).toEqual(GOOD_WALK);
  });

  it('does not use a grant it slept over: the vendor may count the unit for somebody else by then', async () => {
    const now = performance.now.bind(performance);
    let frozenMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now() + frozenMs);
    const gate = new RedisGate(redis, keys);
    const acquire = gate.acquire.bind(gate);
    const asked: string[] = [];
    jest.spyOn(gate, 'acquire').mockImplementation(async (request) => {
      const answer = await acquire(request);
      asked.push(request.vendor);
      if (asked.filter((vendor) => vendor === request.vendor).length === 1) frozenMs += 60_000;
      return answer;
    });
    expect(await walk({ by: walker(gate) })).toEqual(DONE);
    expect(asked).toEqual(['web', 'web', 'finder', 'finder', 'verifier', 'verifier']);
    expect(desk.calls).toEqual(GOOD_WALK);
    expect(await cost()).toBe(20_000);
    expect(await redis.zcard(keys.window('finder', 'second'))).toBe(1);
  });

  describe('past a cap that is taken', () => {
    const hopId = (hop: number): string => jobIds.company(run.runId, COMPANY.company_id, 0, hop);
    const inLane = (more: Attempt = {}): Promise<StageResult> =>
      walk({ lane: 'finder', hop: 1, jobId: hopId(1), ...more });

    /** A gate whose cap of the finder is taken `times` times, for whoever asks from there. */
    function taken(wait: Wait, times = 1, from: 'inline' | 'lane' = 'inline'): RedisGate {
      const gate = new RedisGate(redis, keys);
      let left = times;
      jest.spyOn(gate, 'acquire').mockImplementation((request) => {
        if (request.vendor === 'finder' && request.from === from && (left -= 1) >= 0)
          return Promise.resolve(wait);
        return RedisGate.prototype.acquire.call(gate, request);
      });
      return gate;
    }
    const wait = (reason: Wait['reason'], inMs: number): Wait => ({ kind: 'wait', reason, inMs });

    it.each(['window', 'window_guard', 'concurrency', 'turn', 'closed', 'probe'] as const)(
      'parks the company in the cap’s lane (%s), and burns no attempt and no walk time',
      async (reason) => {
        expect(await walk({ by: walker(taken(wait(reason, 60_000))) })).toEqual(DONE);
        expect(hops).toMatchObject([{ hop: 1, lane: 'finder' }]);
        expect(await companies.standing(run, COMPANY.company_id)).toMatchObject({
          next: { jobId: hopId(1), lane: 'finder' },
          waitedMs: expect.any(Number),
          tries: 0,
        });
        expect(desk.calls).toEqual(['web crawl_website']);
      },
    );

    it('sleeps through a few milliseconds', async () => {
      expect(await walk({ by: walker(taken(wait('window', 5))) })).toEqual(DONE);
      expect(hops).toEqual([]);
      expect(desk.calls).toEqual(GOOD_WALK);
    });

    it.each(['budget', 'pending'] as const)('does not wait in a lane for its %s', async (reason) => {
      expect(await walk({ by: walker(taken(wait(reason, 3_000))) })).toEqual({ kind: 'later', inMs: 3_000 });
      expect(hops).toEqual([]);
    });

    it('calls from the lane, and hands the rest of the walk back to the stage’s own queue', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      const gate = new RedisGate(redis, keys);
      const acquire = jest.spyOn(gate, 'acquire');
      expect(await inLane({ by: walker(gate) })).toEqual(DONE);
      expect(acquire.mock.calls.map(([{ vendor, from }]) => [vendor, from])).toEqual([['finder', 'lane']]);
      expect(hops).toMatchObject([
        { hop: 1, lane: 'finder' },
        { hop: 2, lane: null },
      ]);
      expect(await companies.standing(run, COMPANY.company_id)).toMatchObject({
        next: { jobId: hopId(2), lane: null },
        waitedMs: null,
      });
      expect(await walk({ hop: 2, jobId: hopId(2) })).toEqual(DONE);
      expect(desk.calls).toEqual(GOOD_WALK);
      expect((await document()).state).toBe('done');
    });

    it('goes on in the lane with what is in the ledger: no vendor is asked for it', async () => {
      await walk({ of: await newRun() });
      await redis.del(...(await redis.keys('*:ledger1:finder:*')));
      await walk({ by: walker(taken(wait('turn', 100))) });
      expect(await inLane()).toEqual(DONE);
      expect(hops).toMatchObject([{ hop: 1, lane: 'finder' }]);
      expect(desk.calls).toEqual([...GOOD_WALK, 'finder find_contacts']);
      expect((await document()).state).toBe('done');
    });

    it('hands a company back whose next call is another cap’s than the lane’s', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      expect(await walk({ lane: 'verifier', hop: 1, jobId: hopId(1) })).toEqual(DONE);
      expect(hops).toMatchObject([{}, { hop: 2, lane: null }]);
      expect(desk.calls).toEqual(['web crawl_website']);
    });

    it('sleeps in the lane for up to a second, until its cap is free', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      expect(await inLane({ by: walker(taken(wait('concurrency', 30), 5, 'lane')) })).toEqual(DONE);
      expect(desk.calls).toEqual(GOOD_WALK.slice(0, 2));
    });

    it('closes the lane for as long as the vendor is closed, and goes back to its head', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      const closed = walker(taken(wait('closed', 60_000), 2, 'lane'));
      expect(await inLane({ by: closed })).toEqual({ kind: 'lane_closed' });
      expect(doors.close.mock.calls).toEqual([['finder', 60_000]]);
      expect(doors.reopen).not.toHaveBeenCalled();
    });

    it('opens the lane again if the cap was opened while it was being closed', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      expect(await inLane({ by: walker(taken(wait('closed', 60_000), 1, 'lane')) })).toEqual(DONE);
      expect(doors.reopen.mock.calls).toEqual([['finder']]);
      expect(desk.calls).toEqual(GOOD_WALK.slice(0, 2));
    });

    it('does not close the lane for what only this call waits for', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      const later = { kind: 'later', inMs: 5_000 };
      expect(await inLane({ by: walker(taken(wait('budget', 5_000), 2, 'lane')) })).toEqual(later);
      desk.cap = {
        windows: [
          { name: 'finds', kind: 'sliding', limit: 1, lengthMs: 60_000, units: 1 },
          { name: 'verifications', kind: 'sliding', limit: 1, lengthMs: 60_000, units: 0 },
        ],
      };
      expect(await inLane({ by: walker(taken(wait('window', 5_000), 2, 'lane')) })).toEqual(later);
      expect(doors.close).not.toHaveBeenCalled();
    });

    it('lets nobody else walk the company once its next job is named, and adds that job again', async () => {
      await walk({ by: walker(taken(wait('turn', 100))) });
      const before = desk.calls.length;
      expect(await walk()).toEqual(DONE);
      expect(desk.calls).toHaveLength(before);
      expect(hops).toMatchObject([
        { hop: 1, lane: 'finder' },
        { hop: 1, lane: 'finder' },
      ]);
    });

    it('remembers, when it parks for the next vendor, that it does not wait for the first', async () => {
      plan = {
        ...PLAN,
        waterfalls: { ...PLAN.waterfalls, find_contacts: ['second', 'finder'] },
        policies: { find_contacts: { on_wait: 'next-provider', max_wait_ms: 5_000 } },
      };
      const gate = new RedisGate(redis, keys);
      jest.spyOn(gate, 'acquire').mockImplementation((request) => {
        if (request.vendor === 'second') return Promise.resolve(wait('closed', 60_000));
        if (request.vendor === 'finder' && request.from === 'inline')
          return Promise.resolve(wait('turn', 100));
        return RedisGate.prototype.acquire.call(gate, request);
      });
      await walk({ by: walker(gate) });
      expect(hops).toMatchObject([{ hop: 1, lane: 'finder' }]);
      expect((await document()).tried).toMatchObject([{ step: 'contacts', vendor: 'second' }]);
      expect(await inLane({ by: walker(gate) })).toEqual(DONE);
      expect(desk.calls).toEqual(GOOD_WALK.slice(0, 2));
    });

    it('loses nothing when the process dies between naming the next job and adding it', async () => {
      const named = jest.spyOn(hopPort, 'addHop').mockRejectedValueOnce(new Error('killed'));
      await expect(walk({ by: walker(taken(wait('turn', 100))) })).rejects.toThrow('killed');
      expect(hops).toEqual([]);
      expect(await walk({ attempt: 2 })).toEqual(DONE);
      expect(hops).toMatchObject([{ hop: 1, lane: 'finder' }]);
      expect(named).toHaveBeenCalledTimes(2);
    });

    it('does not park a company whose run is cancelled: its job ends', async () => {
      const gate = taken(wait('turn', 100));
      desk.scripts.set('web', async () => {
        await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
        return undefined;
      });
      expect(await walk({ by: walker(gate) })).toEqual(DONE);
      expect(hops).toEqual([]);
    });

    it('counts an attempt that failed before it was parked: parking is no way to ask a broken vendor for ever', async () => {
      desk.scripts.set('finder', () => ({ kind: 'vendor_error', status: 503 }));
      await expect(walk()).rejects.toMatchObject({ code: 'vendor_failed' });
      await walk({ attempt: 2, by: walker(taken(wait('turn', 100))) });
      await expect(inLane()).rejects.toMatchObject({ code: 'vendor_failed' });
      expect(await inLane({ attempt: 2 })).toEqual(DONE);
      expect(desk.asked('finder')).toBe(3);
      expect(hops.at(-1)).toMatchObject({ hop: 2, lane: null });
    });
  });

  describe('by the enrich handler', () => {
    const handle = (attempt: number): Promise<StageResult> =>
      new EnrichHandler(
        new PlanCache(runs),
        walker(),
        companies,
        new Quarantine(companies, createLogger({ app: 'enrich', level: 'silent' })),
      ).handle(
        { v: 1, ...run, companyId: COMPANY.company_id, hop: 0, epoch: 0 },
        {
          jobId: 'job',
          lane: null,
          attempt,
          lostBy: 0,
          signal: new AbortController().signal,
          pendingChildren: () => Promise.resolve(0),
        },
      );

    it('ends a company as failed, with its reason, when the last attempt fails, too', async () => {
      desk.scripts.set('web', () => Promise.reject(new TypeError('a bug')));
      await expect(handle(1)).rejects.toThrow('a bug');
      expect((await document()).state).toBe('pending');
      await expect(handle(STAGES.enrich.attempts)).rejects.toThrow('a bug');
      expect(await document()).toMatchObject({ state: 'failed', failure: 'internal error while enriching' });
      expect((await runs.get(run)).counters).toEqual({ candidates: 1, done: 0, failed: 1 });
    });

    it('is done with a company whose run is gone', async () => {
      await redis.del(keys.run(run.tenantId, run.runId));
      expect(await handle(1)).toEqual(DONE);
      expect(desk.calls).toEqual([]);
    });
  });
});
