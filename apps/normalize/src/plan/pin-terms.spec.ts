import { loadSettings, tenantTerms, type TenantTerms } from '#libs/config';
import { runPlanSchema, type Operation } from '#libs/contracts';
import { pinTerms } from './pin-terms';

const NOBODY: TenantTerms = tenantTerms(loadSettings({}).tenants, 'acme');
const ABLE: Partial<Record<Operation, string[]>> = { find_contacts: ['one', 'two'], verify_email: ['three'] };

function pinned(tenant: Partial<TenantTerms> = {}, more: { budget?: number; dayMicro?: number } = {}) {
  return pinTerms({
    request: { ...(more.budget !== undefined && { budget_micro_usd: more.budget }) },
    icp: { titles: ['CTO'] },
    tenant: { ...NOBODY, ...tenant },
    vendorOverrides: { three: { day_budget_micro: more.dayMicro, price_per_unit_micro: undefined } },
    vendors: { waterfall: (op) => ABLE[op] ?? [] },
    own: new Set(),
  });
}

describe('the terms pinned to a run', () => {
  it('are every vendor that can be asked, no limits and an equal share where nobody says otherwise', () => {
    const { walk, budgets, weight } = pinned();
    expect(walk.waterfalls).toMatchObject({
      crawl_website: [],
      find_contacts: ['one', 'two'],
      verify_email: ['three'],
    });
    expect(walk).toMatchObject({ titles: ['CTO'], policies: {} });
    expect(budgets).toEqual({ run_micro: null, tenant_day_micro: null, vendor_day_micro: null });
    expect(weight).toBe(1);
  });

  it('are the tenant’s: its order of vendors without those that cannot be asked, policies, budgets, weight', () => {
    const policies = { find_contacts: { on_wait: 'skip', max_wait_ms: 5 } } as const;
    const { walk, budgets, weight } = pinned(
      {
        weight: 2.5,
        budgets: { run_micro: 10, day_micro: 20 },
        waterfalls: { find_contacts: ['two', 'keyless', 'one'], verify_email: [] },
        policies,
      },
      { dayMicro: 7 },
    );
    expect(walk.waterfalls).toMatchObject({ find_contacts: ['two', 'one'], verify_email: [] });
    expect(walk.policies).toEqual(policies);
    expect(budgets).toEqual({ run_micro: 10, tenant_day_micro: 20, vendor_day_micro: { three: 7 } });
    expect(weight).toBe(2.5);
  });

  it.each([
    [null, undefined, null],
    [null, 5, 5],
    [10, undefined, 10],
    [10, 5, 5],
    [10, 50, 10],
    [10, 0, 0],
  ])('of a tenant’s budget of %j and a request’s of %j take the smaller: %j', (tenant, request, smaller) => {
    const budgets = { run_micro: tenant, day_micro: null };
    const { budgets: counts } = pinned({ budgets }, request === undefined ? {} : { budget: request });
    expect(counts.run_micro).toBe(smaller);
  });

  it('are part of a plan that can be stored and read', () => {
    const plan = { icp: {}, stages: [], simulated: true, source_run_id: null, ...pinned() };
    expect(runPlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('are none in plans of an earlier version', () => {
    const walk = { waterfalls: { find_contacts: ['one'] }, titles: [], max_verifications: 3 };
    const plan = { icp: {}, stages: [], simulated: true, source_run_id: null, walk };
    expect(runPlanSchema.parse(plan)).toMatchObject({ budgets: { run_micro: null }, weight: 1 });
  });
});
