import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import type { OpsUser } from '#libs/access';
import { tenantTerms, type Settings } from '#libs/config';
import { appError, tenantIdSchema } from '#libs/contracts';
import { CellTuning } from '#libs/vendor-gate';
import { CurrentOps } from '../ops-access';
import { OpsAudit } from '../ops-audit';
import { SetWeightDto } from './vendor-operations.dto';

/** A tenant's share against others'. */
export interface WeightView {
  tenant_id: string;
  weight: number;
  /** By the deployment's file of tenants. */
  declared: number;
  /** What an operator has set; null: nothing. */
  set: number | null;
}

/** The file of tenants as this process has read it; a token for Nest. */
export abstract class DeclaredTenants {
  abstract readonly tenants: Settings['tenants'];
}

/** Tenants' weights for those who run the cell. What waits in line already keeps its place. */
@Controller('ops/tenants')
export class OpsWeightsController {
  constructor(
    private readonly tuning: CellTuning,
    private readonly declared: DeclaredTenants,
    private readonly audit: OpsAudit,
  ) {}

  /** Those whose weight was set. */
  @Get('weights')
  async list(): Promise<{ data: WeightView[] }> {
    const { weights } = await this.tuning.read();
    return { data: weights.map(({ tenantId, weight }) => this.view(tenantId, weight)) };
  }

  @Put(':tenant/weight')
  set(
    @CurrentOps() ops: OpsUser,
    @Param('tenant') tenantId: string,
    @Body() { weight }: SetWeightDto,
  ): Promise<WeightView> {
    return this.change(ops, tenantId, weight);
  }

  @Delete(':tenant/weight')
  clear(@CurrentOps() ops: OpsUser, @Param('tenant') tenantId: string): Promise<WeightView> {
    return this.change(ops, tenantId, null);
  }

  private async change(ops: OpsUser, tenantId: string, weight: number | null): Promise<WeightView> {
    const tenant = tenantIdSchema.safeParse(tenantId);
    if (!tenant.success) throw appError('invalid_request', `${tenantId}: no tenant’s id`);
    const before = await this.tuning.setWeight(tenantId, weight);
    const after = this.view(tenantId, weight);
    await this.audit.record(
      ops,
      'tenant.weight_changed',
      tenantId,
      { before: before ?? after.declared, after: after.weight, declared: after.declared },
      tenantId,
    );
    return after;
  }

  private view(tenantId: string, set: number | null): WeightView {
    const declared = tenantTerms(this.declared.tenants, tenantId).weight;
    return { tenant_id: tenantId, weight: set ?? declared, declared, set };
  }
}
