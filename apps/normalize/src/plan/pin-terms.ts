import type { TenantTerms, VendorOverrides } from '#libs/config';
import { OPERATIONS, type Icp, type Operation, type RunPlan, type RunRequest } from '#libs/contracts';
import type { VendorRegistry } from '#libs/vendors';

/** Whom to look for when the ICP names nobody: the people who decide on buying. */
const DEFAULT_TITLES = ['CEO', 'Founder', 'CTO', 'Head of Sales', 'VP Marketing'];
const MAX_VERIFICATIONS = 3;
const MAX_EMAIL_FINDS = 2;

export interface TermsOfRun {
  request: Pick<RunRequest, 'budget_micro_usd'>;
  icp: Icp;
  tenant: TenantTerms;
  vendorOverrides: VendorOverrides;
  vendors: Pick<VendorRegistry, 'waterfall'>;
  /** Vendors for which the tenant has a key of its own. */
  own: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * Whom a run asks, in which order, how long it waits and what it may spend: fixed when it is planned. Of the vendors that a
 * tenant's file names, those that can be asked; of two budgets for the run the smaller.
 */
export function pinTerms(terms: TermsOfRun): Pick<RunPlan, 'walk' | 'budgets' | 'weight'> {
  const { request, icp, tenant } = terms;
  return {
    walk: {
      waterfalls: waterfalls(terms),
      titles: icp.titles ?? DEFAULT_TITLES,
      max_verifications: MAX_VERIFICATIONS,
      max_email_finds: MAX_EMAIL_FINDS,
      policies: tenant.policies,
    },
    budgets: {
      run_micro: smaller(tenant.budgets.run_micro, request.budget_micro_usd ?? null),
      tenant_day_micro: tenant.budgets.day_micro,
      vendor_day_micro: vendorDayBudgets(terms.vendorOverrides),
    },
    weight: tenant.weight,
  };
}

function waterfalls({ tenant, vendors, own }: TermsOfRun): RunPlan['walk']['waterfalls'] {
  const ops = Object.keys(OPERATIONS) as Operation[];
  return Object.fromEntries(
    ops.map((op) => {
      const usable = vendors.waterfall(op, own);
      const wanted = tenant.waterfalls[op];
      return [op, wanted ? wanted.filter((vendor) => usable.includes(vendor)) : usable];
    }),
  );
}

function vendorDayBudgets(overrides: VendorOverrides): RunPlan['budgets']['vendor_day_micro'] {
  const budgets = Object.entries(overrides).flatMap(([vendor, { day_budget_micro: micro }]) =>
    micro === undefined ? [] : [[vendor, micro] as const],
  );
  return budgets.length === 0 ? null : Object.fromEntries(budgets);
}

function smaller(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
