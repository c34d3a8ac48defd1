import { NO_BUDGETS, type Company, type RunPlan } from '#libs/contracts';
import { openingCalls, type JudgedCompany } from '#libs/domain';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { RedisGate, type CallRequest } from '#libs/vendor-gate';
import { RunEstimator } from './run-estimator';

const VENDOR = {
  id: 'sonar',
  cap: { concurrency: 10, windows: [] },
  services: [],
};
const vendors = {
  descriptor: () => VENDOR,
  service: () => ({ costPerUnitMicro: 10_000 }),
} as unknown as ConstructorParameters<typeof RunEstimator>[1];

const plan: RunPlan = {
  icp: {},
  stages: ['plan', 'normalize', 'shortlist', 'summary'],
  walk: {
    waterfalls: { crawl_website: ['sonar'], find_contacts: ['sonar', 'radar'] },
    titles: ['CEO'],
    max_verifications: 1,
    max_email_finds: 0,
    policies: {},
  },
  budgets: NO_BUDGETS,
  weight: 1,
  simulated: true,
  source_run_id: null,
};

const candidate = (n: number, domain: string | null = `company-${n}.example`): JudgedCompany => ({
  company: { company_id: `c_${n}`, name: `Company ${n}`, domain } as Company,
  match: { matched: true, pre_score: 50, reasons: [] },
});
const candidates = (count: number): JudgedCompany[] => Array.from({ length: count }, (_, n) => candidate(n));

describe('the estimate of a run, with a ledger on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let gate: RedisGate;
  let estimator: RunEstimator;
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
  });

  beforeEach(async () => {
    cell += 1;
    const keys = new CellKeys(`t${cell}`);
    gate = new RedisGate(redis, keys);
    estimator = new RunEstimator(redis, vendors, keys);
    await redis.hset(keys.run('acme', 'run_1'), { state: 'running' });
  });

  afterAll(async () => {
    await closeRedis(redis);
    await server.stop();
  });

  /** Buys what every walk of the candidate asks, as a walk of an earlier run of the tenant did. */
  async function walked(
    whom: JudgedCompany,
    more: Partial<CallRequest> & { first?: number } = {},
  ): Promise<void> {
    const { first, ...terms } = more;
    for (const { vendor, op, input } of openingCalls(whom, plan.walk).slice(0, first)) {
      const request: CallRequest = {
        callId: `${whom.company.company_id}-${op}`,
        tenantId: 'acme',
        runId: 'run_1',
        companyId: whom.company.company_id,
        vendor,
        simulated: true,
        op,
        input,
        cap: { id: `sim-${vendor}`, concurrency: 10, windows: [] },
        budgets: { run: null, tenantDay: null, vendorDay: null },
        maxCostMicro: 10_000,
        deadlineMs: 5_000,
        repeatable: true,
        subjects: () => [],
        from: 'inline',
        ...terms,
      };
      const grant = await gate.acquire(request);
      if (grant.kind !== 'granted') throw new Error(`expected a grant, got ${grant.kind}`);
      const answer = { kind: 'ok', value: {} } as const;
      await gate.settle(request, grant, { kind: 'keep', answer, ttlMs: 60_000, costMicro: 10_000 }, {});
    }
  }

  const known = async (of: readonly JudgedCompany[], tenant = 'acme'): Promise<number> =>
    (await estimator.estimate(tenant, plan, of)).known_in_ledger;

  it('knows who was walked before, and asks nobody about them', async () => {
    const all = candidates(10);
    const before = await estimator.estimate('acme', plan, all);
    for (const each of all.slice(0, 4)) await walked(each);
    const estimate = await estimator.estimate('acme', plan, all);
    expect(before.known_in_ledger).toBe(0);
    expect(estimate.known_in_ledger).toBe(4);
    expect(estimate.calls_total).toBeLessThan(before.calls_total);
    expect(estimate.cost_micro.expected).toBeLessThan(before.cost_micro.expected);
  });

  it('does not know a company of which only a part was bought, nor one without a website', async () => {
    await walked(candidate(1), { first: 1 });
    expect(await known([candidate(1), candidate(2, null)])).toBe(0);
  });

  it('takes neither another tenant’s purchases for its own nor real ones for simulated', async () => {
    await walked(candidate(1));
    await walked(candidate(2), { simulated: false });
    expect(await known([candidate(1), candidate(2)], 'globex')).toBe(0);
    expect(await known([candidate(1), candidate(2)])).toBe(1);
  });

  it('looks at a sample of many, from the best to the last, and scales what it finds', async () => {
    const many = candidates(1_000);
    for (const each of many.slice(0, 500)) await walked(each);
    const asked = jest.spyOn(redis, 'pipeline');
    expect(await known(many)).toBe(500);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((asked.mock.results[0]?.value as { length: number }).length).toBe(200 * 2);
  });
});
