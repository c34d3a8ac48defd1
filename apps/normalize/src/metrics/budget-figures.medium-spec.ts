import type { TenantSettings, TenantTerms, VendorOverrides } from '#libs/config';
import { RunMarks, type RunRef } from '#libs/run-state';
import { useTestRedis } from '#libs/testing';
import { BudgetFigures } from './budget-figures';

const DAY_MS = 86_400_000;
const USD = 1_000_000;

const terms = (dayUsd: number): TenantTerms => ({
  weight: 1,
  budgets: { run_micro: null, day_micro: dayUsd * USD },
  waterfalls: {},
  policies: {},
});

describe('how full budgets are', () => {
  const cell = useTestRedis();
  let nowMs: number;

  beforeEach(async () => {
    nowMs = Number((await cell.redis.time())[0]) * 1_000;
  });

  /** As a process that has just come to lead. */
  const newLeader = (): BudgetFigures => {
    const byTenant = new Map([
      ['small', terms(1)],
      ['none', terms(0)],
    ]);
    const tenants: TenantSettings = { everybodyElse: terms(10), byTenant };
    const vendorOverrides: VendorOverrides = {
      hunter: { day_budget_micro: 20 * USD, price_per_unit_micro: undefined },
      apollo: { day_budget_micro: 5 * USD, price_per_unit_micro: undefined },
      zerobounce: { day_budget_micro: undefined, price_per_unit_micro: undefined, concurrency: 1 },
    };
    const runtime = { offline: true } as ConstructorParameters<typeof BudgetFigures>[2]['runtime'];
    const marks = new RunMarks(cell.redis, cell.keys);
    return new BudgetFigures(cell.redis, cell.keys, { tenants, vendorOverrides, runtime }, marks);
  };

  async function ratios(figures: BudgetFigures, active: readonly RunRef[]): Promise<Record<string, number>> {
    const samples = await figures.read(active, nowMs);
    expect(new Set(samples.map(({ name }) => name))).toEqual(new Set(['leadgen_budget_used_ratio']));
    return Object.fromEntries(samples.map(({ labels, value }) => [String(labels.scope), value]));
  }

  const run = (tenantId: string, runId = `run_${tenantId}`): RunRef => ({ tenantId, runId });
  const day = (offset = 0): string => String(Math.floor(nowMs / DAY_MS) + offset);

  async function spendDay(key: string, spent: number, reserved: number, ofDay = day()): Promise<void> {
    await cell.redis.hset(key, { [`${ofDay}:spent`]: spent, [`${ofDay}:reserved`]: reserved });
  }

  const plan = ({ tenantId, runId }: RunRef, runMicro: number | null): Promise<number> =>
    cell.redis.hset(
      cell.keys.run(tenantId, runId),
      'plan',
      JSON.stringify({ budgets: { run_micro: runMicro, tenant_day_micro: null, vendor_day_micro: {} } }),
    );

  it('is 0 of each kind where nothing is spent', async () => {
    expect(await ratios(newLeader(), [])).toEqual({ run: 0, tenant_day: 0, vendor_day: 0 });
    expect(await ratios(newLeader(), [run('acme')])).toEqual({ run: 0, tenant_day: 0, vendor_day: 0 });
  });

  it('is told of the fullest of its kind, with what is reserved, each against its own limit', async () => {
    await spendDay(cell.keys.tenantBudget('acme'), 3 * USD, 1 * USD);
    await spendDay(cell.keys.tenantBudget('small'), 0.5 * USD, 0.25 * USD);
    await spendDay(cell.keys.tenantBudget('none'), 4 * USD, 0);
    await spendDay(cell.keys.vendorBudget('sim-hunter'), 19 * USD, 0);
    await spendDay(cell.keys.vendorBudget('sim-apollo'), 1 * USD, 0);
    // That of the real vendor, and of one without a limit.
    await spendDay(cell.keys.vendorBudget('apollo'), 50 * USD, 0);
    await spendDay(cell.keys.vendorBudget('sim-zerobounce'), 50 * USD, 0);
    const [half, open] = [run('acme'), run('small')];
    await Promise.all([plan(half, 2 * USD), plan(open, null)]);
    await cell.redis.hset(cell.keys.run('acme', half.runId), {
      'b:spent': 0.75 * USD,
      'b:reserved': 0.25 * USD,
    });
    await cell.redis.hset(cell.keys.run('small', open.runId), { 'b:spent': 9 * USD });
    expect(await ratios(newLeader(), [half, open, run('none')])).toEqual({
      run: 0.5,
      tenant_day: 0.75,
      vendor_day: 0.95,
    });
  });

  it('of a run is known from when it is planned, and is what was pinned then', async () => {
    const figures = newLeader();
    const planned = run('acme');
    await cell.redis.hset(cell.keys.run('acme', planned.runId), 'b:spent', 1 * USD);
    expect(await ratios(figures, [planned])).toMatchObject({ run: 0 });
    await plan(planned, 4 * USD);
    expect(await ratios(figures, [planned])).toMatchObject({ run: 0.25 });
    await plan(planned, 1 * USD);
    expect(await ratios(figures, [planned])).toMatchObject({ run: 0.25 });
  });

  it('of a tenant whose runs have ended is known today, also to whoever leads next', async () => {
    await spendDay(cell.keys.tenantBudget('acme'), 9 * USD, 0);
    await ratios(newLeader(), [run('acme')]);
    expect(await ratios(newLeader(), [])).toMatchObject({ tenant_day: 0.9 });
  });

  it('of a tenant is that of today, and begins anew at midnight', async () => {
    await spendDay(cell.keys.tenantBudget('acme'), 9 * USD, 0, day(-1));
    await cell.redis.zadd(cell.keys.tenantsAtWork(), Number(day()) * DAY_MS - 1, 'yesterday');
    await spendDay(cell.keys.tenantBudget('yesterday'), 9 * USD, 0);
    expect(await ratios(newLeader(), [run('acme')])).toMatchObject({ tenant_day: 0 });
  });

  it('is told while Redis is too full to take a note', async () => {
    await spendDay(cell.keys.tenantBudget('acme'), 5 * USD, 0);
    const figures = newLeader();
    await cell.redis.config('SET', 'maxmemory', 1);
    try {
      expect(await ratios(figures, [run('acme')])).toMatchObject({ tenant_day: 0.5 });
    } finally {
      await cell.redis.config('SET', 'maxmemory', 0);
    }
    await ratios(figures, [run('acme')]);
    expect(await ratios(newLeader(), [])).toMatchObject({ tenant_day: 0.5 });
  });
});
