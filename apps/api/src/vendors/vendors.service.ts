import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/cell';
import { tenantTerms, type Settings, type TenantTerms } from '#libs/config';
import type { Operation } from '#libs/contracts';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import {
  CellTuning,
  platformCapId,
  RedisGateOperations,
  wholeCap,
  type BudgetScope,
} from '#libs/vendor-gate';
import type { VendorDescriptor, VendorRegistry } from '#libs/vendors';
import { vendorView, type DayBudgetView, type LookedAtVendor, type VendorsView } from './vendor.view';

/** Injection token of the vendors' registry: asked for terms, calls nobody. */
export const VENDOR_TERMS = Symbol('vendor terms');

/** The vendors that serve a tenant, as they are at this moment. Of other tenants nothing is told but how full a shared cap is. */
@Injectable()
export class VendorsService {
  constructor(
    private readonly gate: RedisGateOperations,
    private readonly tuning: CellTuning,
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    @Inject(VENDOR_TERMS) private readonly registry: VendorRegistry,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(tenantId: string): Promise<VendorsView> {
    const terms = tenantTerms(this.settings.tenants, tenantId);
    const [seen, waiting] = await Promise.all([
      this.gate.caps(),
      this.waiting(tenantId),
      this.tuning.refresh(),
    ]);
    const serving = this.registry
      .standings()
      // The workers may have a key that this process has not.
      .filter(({ descriptor, usable }) => usable || seen.includes(this.capId(descriptor)))
      .map(({ descriptor }) => ({ descriptor, operations: operationsFor(descriptor, terms) }))
      .filter(({ operations }) => operations.length > 0)
      .sort((a, b) => (a.descriptor.id < b.descriptor.id ? -1 : 1));
    const looked = await Promise.all(
      serving.map(({ descriptor, operations }) =>
        this.look(tenantId, terms, descriptor, operations, waiting.get(this.capId(descriptor)) ?? 0),
      ),
    );
    const nowMs = Date.now();
    return { data: looked.map((vendor) => vendorView(vendor, nowMs)), day_budget: dayBudget(looked, terms) };
  }

  private async look(
    tenantId: string,
    terms: TenantTerms,
    descriptor: VendorDescriptor,
    operations: readonly Operation[],
    waiting: number,
  ): Promise<LookedAtVendor> {
    const simulated = this.settings.runtime.offline;
    const cap = this.tuning.tune(wholeCap(descriptor, simulated));
    const scope: BudgetScope = {
      tenantId,
      runId: '-',
      vendor: descriptor.id,
      simulated,
      budgets: { run: null, tenantDay: terms.budgets.day_micro, vendorDay: null },
    };
    return {
      descriptor,
      operations,
      simulated,
      cap,
      explained: await this.gate.explainCap(cap, scope),
      waiting,
    };
  }

  /** By cap, how many companies of the tenant's runs wait for it. */
  private async waiting(tenantId: string): Promise<Map<string, number>> {
    const active = (await this.runs.activeRuns()).filter((run) => run.tenantId === tenantId);
    const parked = await Promise.all(active.map((run) => this.companies.parked(run)));
    const byCap = new Map<string, number>();
    for (const [capId, count] of parked.flatMap((of) => Object.entries(of))) {
      byCap.set(capId, (byCap.get(capId) ?? 0) + count);
    }
    return byCap;
  }

  private capId({ id }: VendorDescriptor): string {
    return platformCapId(id, this.settings.runtime.offline);
  }
}

/** What of it a tenant's runs ask: everything, where its terms name nobody for an operation. */
function operationsFor({ id, services }: VendorDescriptor, { waterfalls }: TenantTerms): Operation[] {
  return services.map(({ op }) => op).filter((op) => waterfalls[op]?.includes(id) ?? true);
}

function dayBudget(looked: readonly LookedAtVendor[], { budgets }: TenantTerms): DayBudgetView | null {
  if (budgets.day_micro === null) return null;
  const of = looked[0]?.explained.budgets.find(({ scope }) => scope === 'tenant_day');
  return {
    limit_micro_usd: budgets.day_micro,
    spent_micro_usd: of?.spentMicro ?? 0,
    reserved_micro_usd: of?.reservedMicro ?? 0,
  };
}
