import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/cell';
import { tenantTerms, type Settings, type TenantTerms } from '#libs/config';
import type { Operation } from '#libs/contracts';
import { VendorCredentials } from '#libs/tenancy';
import {
  CellTuning,
  platformCapId,
  RedisGateOperations,
  tenantCapId,
  wholeCap,
  type BudgetScope,
} from '#libs/vendor-gate';
import type { VendorDescriptor, VendorRegistry } from '#libs/vendors';
import { WaitingCompanies } from './waiting-companies';
import { vendorView, type DayBudgetView, type LookedAtVendor, type VendorsView } from './vendor.view';

/** Injection token of the vendors' registry: asked for terms, calls nobody. */
export const VENDOR_TERMS = Symbol('vendor terms');

/**
 * The vendors that serve a tenant, as they are at this moment: where it has a key of its own, the cap of that one. Of other
 * tenants nothing is told but how full a shared cap is.
 */
@Injectable()
export class VendorsService {
  constructor(
    private readonly gate: RedisGateOperations,
    private readonly tuning: CellTuning,
    private readonly waiting: WaitingCompanies,
    private readonly credentials: VendorCredentials,
    @Inject(VENDOR_TERMS) private readonly registry: VendorRegistry,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(tenantId: string): Promise<VendorsView> {
    const terms = tenantTerms(this.settings.tenants, tenantId);
    const [seen, waiting, own] = await Promise.all([
      this.gate.caps(),
      this.waiting.byCap(tenantId),
      this.credentials.list(tenantId),
      this.tuning.refresh(),
    ]);
    const serving = this.registry
      .standings()
      // The workers may have a key that this process has not.
      .filter(({ descriptor }) => this.serves(descriptor, own) || seen.includes(this.capId(descriptor)))
      .map(({ descriptor }) => ({ descriptor, operations: operationsFor(descriptor, terms) }))
      .filter(({ operations }) => operations.length > 0)
      .sort((a, b) => (a.descriptor.id < b.descriptor.id ? -1 : 1));
    const looked = await Promise.all(
      serving.map(({ descriptor, operations }) =>
        this.look(tenantId, terms, { descriptor, operations, isOwn: own.has(descriptor.id) }, waiting),
      ),
    );
    const nowMs = Date.now();
    return { data: looked.map((vendor) => vendorView(vendor, nowMs)), day_budget: dayBudget(looked, terms) };
  }

  private async look(
    tenantId: string,
    terms: TenantTerms,
    { descriptor, operations, isOwn }: ServingVendor,
    waiting: ReadonlyMap<string, number>,
  ): Promise<LookedAtVendor> {
    const simulated = this.settings.runtime.offline;
    const platformId = this.capId(descriptor);
    const ownId = tenantCapId(descriptor.id, simulated, tenantId);
    const cap = this.tuning.tune({ ...wholeCap(descriptor, simulated), id: isOwn ? ownId : platformId });
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
      credential: isOwn ? 'own' : 'platform',
      cap,
      explained: await this.gate.explainCap(cap, scope),
      // A company may still wait for the cap that its calls were in before the key was set, or taken back.
      waiting: (waiting.get(platformId) ?? 0) + (waiting.get(ownId) ?? 0),
    };
  }

  /** Whether it can be asked, by a key of ours or of the tenant's. */
  private serves({ id, services }: VendorDescriptor, own: ReadonlyMap<string, string>): boolean {
    return services.some(({ op }) => this.registry.waterfall(op, own).includes(id));
  }

  private capId({ id }: VendorDescriptor): string {
    return platformCapId(id, this.settings.runtime.offline);
  }
}

interface ServingVendor {
  descriptor: VendorDescriptor;
  operations: readonly Operation[];
  /** The tenant has a key of its own for it. */
  isOwn: boolean;
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
