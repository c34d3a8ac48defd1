import type { CompanyDocument, Operation, RunEstimate, RunPlan } from '#libs/contracts';
import {
  companyRetry,
  doubtfulCalls,
  estimateRun,
  forgetting,
  openOperations,
  stepOperation,
  type CompanyRetry,
  type RetryCause,
} from '#libs/domain';
import type { CompanyRepository, RunRef } from '#libs/run-state';
import type { GateOperations } from '#libs/vendor-gate';
import { estimateTerms, type VendorRegistry } from '#libs/vendors';

/** What walking a run's failed or doubtful companies again would take. */
export interface RetryPrice {
  /** Companies to be walked again: those with an error, and those in doubt; one may be both. */
  companies: number;
  failed: number;
  inDoubt: number;
  /** Of those in doubt the ones that stay so: the doubtful call is not made again until a person has said how it ended. */
  staysInDoubt: number;
  estimate: RunEstimate;
}

/** Companies of whom the same operations are asked. */
interface Group {
  ops: readonly Operation[];
  companies: number;
}

const PAGE = 200;

/** Prices a retry before it begins. Looks, and changes nothing. */
export class RetryPricing {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly gate: Pick<GateOperations, 'areInDoubt'>,
    private readonly vendors: Pick<VendorRegistry, 'descriptor' | 'service'>,
  ) {}

  async price(run: RunRef, plan: RunPlan, include: readonly RetryCause[]): Promise<RetryPrice> {
    const groups = new Map<string, Group>();
    const counts = { companies: 0, failed: 0, inDoubt: 0, staysInDoubt: 0 };
    for await (const page of this.retries(run, include)) {
      const stuck = await this.stuckOperations(run, plan, page);
      for (const [i, { document, retry }] of page.entries()) {
        const doubtful = stuck[i] ?? [];
        counts.companies += 1;
        if (retry.causes.includes('failed')) counts.failed += 1;
        if (retry.causes.includes('in_doubt')) counts.inDoubt += 1;
        if (doubtful.length > 0) counts.staysInDoubt += 1;
        const ops = askedAgain(document, retry, plan).filter((op) => !doubtful.includes(op));
        const key = ops.join(' ');
        groups.set(key, { ops, companies: (groups.get(key)?.companies ?? 0) + 1 });
      }
    }
    return { ...counts, estimate: this.estimate(plan, [...groups.values()], counts.companies) };
  }

  private async *retries(
    run: RunRef,
    include: readonly RetryCause[],
  ): AsyncGenerator<{ document: CompanyDocument; retry: CompanyRetry }[]> {
    let page: { document: CompanyDocument; retry: CompanyRetry }[] = [];
    for await (const document of this.companies.all(run, PAGE)) {
      const retry = companyRetry(document, include);
      if (retry) page.push({ document, retry });
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  /** Of each company the operations whose call is in doubt and will not be made again. */
  private async stuckOperations(
    { tenantId }: RunRef,
    plan: RunPlan,
    page: readonly { document: CompanyDocument; retry: CompanyRetry }[],
  ): Promise<Operation[][]> {
    const calls = page.map(({ document, retry }) =>
      retry.causes.includes('in_doubt') ? doubtfulCalls(document, plan.walk) : [],
    );
    const purchases = calls
      .flat()
      .map(({ vendor, op, input }) => ({ tenantId, vendor, simulated: plan.simulated, op, input }));
    const inDoubt = await this.gate.areInDoubt(purchases);
    let at = 0;
    return calls.map((own) => own.filter(() => inDoubt[at++] === true).map(({ op }) => op));
  }

  private estimate(plan: RunPlan, groups: readonly Group[], companies: number): RunEstimate {
    const estimates = groups.map((group) =>
      estimateRun({ plan, ...group, terms: (vendor, op) => estimateTerms(this.vendors, vendor, op) }),
    );
    const calls = new Map<string, number>();
    for (const { vendor, calls: n } of estimates.flatMap((estimate) => estimate.calls)) {
      calls.set(vendor, (calls.get(vendor) ?? 0) + n);
    }
    const sum = (of: (estimate: RunEstimate) => number): number =>
      estimates.reduce((total, estimate) => total + of(estimate), 0);
    const slowest = estimates.toSorted((a, b) => b.seconds - a.seconds)[0];
    return {
      companies,
      known_in_ledger: 0,
      calls: [...calls].map(([vendor, n]) => ({ vendor, calls: n })),
      calls_total: sum((estimate) => estimate.calls_total),
      cost_micro: {
        low: sum(({ cost_micro: cost }) => cost.low),
        expected: sum(({ cost_micro: cost }) => cost.expected),
        high: sum(({ cost_micro: cost }) => cost.high),
      },
      // Groups share the caps: one after the other is the longest it takes.
      seconds: sum(({ seconds }) => seconds),
      bound_by: slowest?.bound_by ?? null,
      budget_micro: plan.budgets.run_micro,
    };
  }
}

/** What is forgotten is asked again, and what never was asked. */
function askedAgain(document: CompanyDocument, retry: CompanyRetry, plan: RunPlan): Operation[] {
  if (document.company.domain === null) return [];
  const forgotten = retry.steps.map((step) => stepOperation(step)).filter((op) => op !== undefined);
  return [...new Set([...forgotten, ...openOperations(forgetting(document, retry), plan.walk)])].sort();
}
