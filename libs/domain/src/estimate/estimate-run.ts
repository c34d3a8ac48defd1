import type { Operation, RunEstimate, RunPlan } from '#libs/contracts';
import type { MicroUsd } from '#libs/kernel';
import { capOf, type CapLoad } from './cap-load';
import { expectedQuestions, FOUND_SHARES, highQuestions, lowQuestions } from './walk-questions';

/** A vendor's terms for one operation, as far as an estimate needs them. */
export interface EstimateTerms {
  costPerUnitMicro: MicroUsd;
  unitsMax: number;
  concurrency: number;
  /** Those that this operation takes one unit of. */
  windows: readonly { name: string; limit: number; lengthMs: number }[];
}

export interface EstimateInput {
  plan: Pick<RunPlan, 'walk' | 'budgets'>;
  /** The selected companies that have a website: of the others nobody is asked. */
  companies: number;
  terms: (vendor: string, op: Operation) => EstimateTerms;
  /** How many of the companies' first steps the ledger has already. */
  knownInLedger?: number;
  /** Only these operations are asked for; not set: all of the plan. */
  ops?: readonly Operation[];
}

/** What one call takes, without waiting. */
const CALL_MS = 700;
/** Companies walked at the same time, by one worker. */
const WALKS = 200;

/**
 * What enriching so many companies is expected to take. Of a waterfall the later vendors are asked about what the earlier
 * are assumed not to know. `low`: every first vendor answers, only answers with facts are charged, and the first address is
 * valid. `high`: every vendor is asked, for as many units as a call can cost, and no address is valid. Companies that are in
 * the ledger are not asked about.
 */
export function estimateRun(input: EstimateInput): RunEstimate {
  const { plan, companies, terms, knownInLedger = 0, ops } = input;
  const asked = companies - Math.min(companies, knownInLedger);
  const calls = new Map<string, number>();
  const loads = new Map<string, CapLoad>();
  const cost = { low: 0, expected: 0, high: 0 };
  let walkMs = 0;
  forEachCall(plan, (op, vendor, questions) => {
    if (ops && !ops.includes(op)) return;
    const { costPerUnitMicro: price, unitsMax, concurrency, windows } = terms(vendor, op);
    const expected = questions.expected * asked;
    calls.set(vendor, (calls.get(vendor) ?? 0) + expected);
    cost.low += questions.low * FOUND_SHARES[op] * asked * price;
    cost.expected += expected * price * chargedShare(op);
    cost.high += questions.high * companies * price * unitsMax;
    walkMs += questions.expected * CALL_MS;
    for (const load of capOf(vendor, windows, concurrency, CALL_MS)) {
      const known = loads.get(load.key) ?? load;
      loads.set(load.key, { ...known, calls: known.calls + expected });
    }
  });
  const byVendor = [...calls].map(([vendor, n]) => ({ vendor, calls: Math.round(n) }));
  const slowest = [...loads.values()].reduce<CapLoad | null>(
    (most, load) => (load.ms(load.calls) > (most?.ms(most.calls) ?? 0) ? load : most),
    null,
  );
  const waitMs = slowest?.ms(slowest.calls) ?? 0;
  const ownMs = Math.ceil(asked / WALKS) * walkMs;
  return {
    companies,
    known_in_ledger: companies - asked,
    calls: byVendor,
    calls_total: byVendor.reduce((sum, { calls: n }) => sum + n, 0),
    cost_micro: {
      low: Math.round(cost.low),
      expected: Math.round(cost.expected),
      high: Math.round(cost.high),
    },
    seconds: Math.ceil(Math.max(waitMs, ownMs) / 1_000),
    bound_by: slowest && waitMs > ownMs ? { vendor: slowest.vendor, cap: slowest.text } : null,
    budget_micro: plan.budgets.run_micro,
  };
}

/** Vendors differ in whether an answer without facts costs: half of those are taken to. */
function chargedShare(op: Operation): number {
  return (1 + FOUND_SHARES[op]) / 2;
}

/** Every vendor of every waterfall, with how often a company is a question to it. */
function forEachCall(
  { walk }: EstimateInput['plan'],
  visit: (op: Operation, vendor: string, questions: { low: number; expected: number; high: number }) => void,
): void {
  const low = lowQuestions(walk);
  const expected = expectedQuestions(walk);
  const high = highQuestions(walk);
  for (const [op, vendors] of Object.entries(walk.waterfalls) as [Operation, string[]][]) {
    for (const [i, vendor] of vendors.entries()) {
      visit(op, vendor, {
        low: i === 0 ? low[op] : 0,
        expected: expected[op] * (1 - FOUND_SHARES[op]) ** i,
        high: high[op],
      });
    }
  }
}
