import fc from 'fast-check';
import { NO_BUDGETS, OPERATIONS, runEstimateSchema, type Operation } from '#libs/contracts';
import { aWalkPlan } from '../../test/builders';
import { estimateRun, type EstimateInput, type EstimateTerms } from './estimate-run';
import { estimateText } from './estimate-text';

const TERMS: EstimateTerms = {
  costPerUnitMicro: 10_000,
  unitsMax: 1,
  concurrency: 100,
  windows: [{ name: 'second', limit: 15, lengthMs: 1_000 }],
};

function estimate(more: Partial<EstimateInput> = {}) {
  const plan = { walk: aWalkPlan(), budgets: NO_BUDGETS };
  return estimateRun({ plan, companies: 25, terms: () => TERMS, ...more });
}

describe('the estimate of a run', () => {
  it('expects calls and cost per vendor', () => {
    expect(estimate()).toMatchObject({
      companies: 25,
      calls: [
        { vendor: 'crawler', calls: 25 },
        { vendor: 'finder', calls: 25 },
        { vendor: 'verifier', calls: 28 },
      ],
      calls_total: 78,
      cost_micro: { expected: 728_500 },
    });
  });

  it('asks later vendors of a waterfall only about what the earlier are not expected to know', () => {
    const walk = aWalkPlan({ waterfalls: { find_contacts: ['one', 'two', 'three'] } });
    const { calls } = estimate({ companies: 1_000, plan: { walk, budgets: NO_BUDGETS } });
    expect(calls.map(({ calls: n }) => n)).toEqual([1_000, 200, 40]);
  });

  it('names the cap that decides how long it takes, and none where none does', () => {
    const slow = (vendor: string): EstimateTerms =>
      vendor === 'finder' ? { ...TERMS, windows: [{ name: 'm', limit: 10, lengthMs: 60_000 }] } : TERMS;
    expect(estimate({ companies: 100, terms: slow })).toMatchObject({
      seconds: 540,
      bound_by: { vendor: 'finder', cap: '10/min' },
    });
    expect(estimate({ companies: 5 }).bound_by).toBeNull();
    const narrow = { ...TERMS, windows: [], concurrency: 1 };
    expect(estimate({ companies: 100, terms: () => narrow }).bound_by).toMatchObject({ cap: '1 at a time' });
  });

  it('adds up what several operations take of one window', () => {
    const walk = aWalkPlan({ waterfalls: { find_contacts: ['one'], find_signals: ['one'] } });
    const terms = () => ({ ...TERMS, windows: [{ name: 'day', limit: 100, lengthMs: 86_400_000 }] });
    const { seconds } = estimate({ companies: 100, terms, plan: { walk, budgets: NO_BUDGETS } });
    expect(seconds).toBe(86_400);
  });

  it('asks nobody about companies that the ledger has', () => {
    const known = estimate({ companies: 25, knownInLedger: 40 });
    expect(known).toMatchObject({ known_in_ledger: 25, calls_total: 0, cost_micro: { expected: 0 } });
    expect(estimate({ knownInLedger: 5 }).cost_micro.expected).toBeLessThan(estimate().cost_micro.expected);
  });

  it('is low, expected and high in this order, and more for more companies, whatever the plan', () => {
    const ops = Object.keys(OPERATIONS) as Operation[];
    const vendors = fc.uniqueArray(fc.constantFrom('one', 'two', 'three'));
    const plans = fc.record({
      waterfalls: fc.record(Object.fromEntries(ops.map((op) => [op, vendors])), { requiredKeys: [] }),
      max_verifications: fc.nat(10),
      max_email_finds: fc.nat(10),
    });
    fc.assert(
      fc.property(plans, fc.nat(100_000), fc.nat(100_000), (walk, companies, knownInLedger) => {
        const plan = { walk: aWalkPlan(walk), budgets: NO_BUDGETS };
        const one = runEstimateSchema.parse(estimate({ plan, companies, knownInLedger }));
        expect(one.cost_micro.low).toBeLessThanOrEqual(one.cost_micro.expected);
        expect(one.cost_micro.expected).toBeLessThanOrEqual(one.cost_micro.high);
        const more = estimate({ plan, companies: companies + 1_000, knownInLedger });
        expect(more.cost_micro.expected).toBeGreaterThanOrEqual(one.cost_micro.expected);
        expect(more.seconds).toBeGreaterThanOrEqual(one.seconds);
      }),
    );
  });
});

describe('the sentence of an estimate', () => {
  const whole = {
    companies: 25,
    known_in_ledger: 0,
    calls: [],
    calls_total: 140,
    cost_micro: { low: 200_000, expected: 610_000, high: 1_450_000 },
    seconds: 120,
    bound_by: { vendor: 'acme', cap: '15/s' },
    budget_micro: null,
  };

  it('says calls, cost, time and what decides it', () => {
    expect(estimateText(whole)).toBe(
      '25 companies: about 140 calls, $0.61 (0.20–1.45), about 2 min, bound by acme 15/s',
    );
  });

  it('says what is known already, and that the budget will not do', () => {
    const text = estimateText({
      ...whole,
      bound_by: null,
      seconds: 200_000,
      known_in_ledger: 7,
      budget_micro: 500_000,
    });
    expect(text).toMatch(/about 2 days, 7 known already, more than its budget of \$0\.50$/);
  });
});
