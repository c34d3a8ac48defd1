import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { OpsUser } from '#libs/access';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import type { Lanes } from '#libs/queue';
import { CellTuning, RedisGateOperations } from '#libs/vendor-gate';
import { CurrentOps } from '../ops-access';
import { OpsAudit } from '../ops-audit';
import type { CapView } from './cap.view';
import { VendorCaps } from './vendor-caps';
import { CloseCapDto, closureMs, SetLimitDto } from './vendor-operations.dto';

/** The part of a run's flow that opens lanes; a token for Nest. */
export abstract class LaneDoors implements Pick<Lanes, 'reopen'> {
  abstract reopen(capId: string): Promise<void>;
}

/** Vendors' caps for those who run the cell. Each change says what was before, and is on record. */
@Controller('ops/vendors')
export class OpsVendorsController {
  constructor(
    private readonly caps: VendorCaps,
    private readonly gate: RedisGateOperations,
    private readonly tuning: CellTuning,
    private readonly lanes: LaneDoors,
    private readonly audit: OpsAudit,
  ) {}

  @Get()
  async list(): Promise<{ data: CapView[] }> {
    return { data: await this.caps.list() };
  }

  @Get(':cap')
  find(@Param('cap') capId: string): Promise<CapView> {
    return this.caps.view(capId);
  }

  /** A longer closure stands. */
  @Post(':cap/close')
  @HttpCode(200)
  async close(
    @CurrentOps() ops: OpsUser,
    @Param('cap') capId: string,
    @Body() body: CloseCapDto,
  ): Promise<CapView> {
    const before = await this.caps.view(capId);
    const forMs = closure(body);
    const changed = await this.gate.close(capId, forMs, body.why);
    await this.audit.record(ops, 'vendor.closed', capId, {
      why: body.why,
      for_ms: forMs,
      before_closed_for_ms: before.closed_for_ms,
      changed,
    });
    return this.caps.view(capId);
  }

  @Post(':cap/reopen')
  @HttpCode(200)
  async reopen(@CurrentOps() ops: OpsUser, @Param('cap') capId: string): Promise<CapView> {
    const before = await this.caps.view(capId);
    const changed = await this.gate.reopen(capId, `ops:${ops.name}`);
    await this.lanes.reopen(capId);
    await this.audit.record(ops, 'vendor.reopened', capId, {
      before_closed_for_ms: before.closed_for_ms,
      before_breaker: before.breaker,
      changed,
    });
    return this.caps.view(capId);
  }

  @Put(':cap/windows/:window/limit')
  setLimit(
    @CurrentOps() ops: OpsUser,
    @Param('cap') capId: string,
    @Param('window') window: string,
    @Body() { limit }: SetLimitDto,
  ): Promise<CapView> {
    return this.changeLimit(ops, capId, window, limit);
  }

  /** What is declared holds again. */
  @Delete(':cap/windows/:window/limit')
  clearLimit(
    @CurrentOps() ops: OpsUser,
    @Param('cap') capId: string,
    @Param('window') window: string,
  ): Promise<CapView> {
    return this.changeLimit(ops, capId, window, null);
  }

  private async changeLimit(
    ops: OpsUser,
    capId: string,
    window: string,
    limit: number | null,
  ): Promise<CapView> {
    const declared = this.caps.find(capId).declared.windows.find(({ name }) => name === window);
    if (!declared) throw appError('not_found', `the cap ${capId} has no window ${window}`);
    const before = await this.tuning.setLimit(capId, window, limit);
    // A lane that was closed while the window was full by the old limit looks again.
    await this.lanes.reopen(capId);
    await this.audit.record(ops, 'vendor.limit_changed', capId, {
      window,
      before: before ?? declared.limit,
      after: limit ?? declared.limit,
      declared: declared.limit,
    });
    return this.caps.view(capId);
  }
}

function closure(body: CloseCapDto): number {
  try {
    return closureMs(body, Date.now());
  } catch (error) {
    throw appError('invalid_request', toError(error).message);
  }
}
