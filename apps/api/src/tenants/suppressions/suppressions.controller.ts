import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#libs/audit';
import type { Caller } from '#libs/contracts';
import { suppressionId, SuppressionLists } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { SuppressionsDto } from './suppressions.dto';
import {
  AddedSuppressionsView,
  CheckedSuppressionsView,
  SUPPRESSION_ID,
  SuppressionsView,
} from './suppressions.view';

/** Whom the tenant must not look up nor write to. Values come in bodies only, never in paths, which are logged. */
@ApiTags('tenants')
@Controller('api/tenants/me/suppressions')
export class SuppressionsController {
  constructor(
    private readonly lists: SuppressionLists,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'getSuppressions', summary: 'How many are on the suppression list' })
  @ApiOkResponse({ type: SuppressionsView })
  async find(@CurrentCaller() { tenantId }: Caller): Promise<SuppressionsView> {
    return { count: await this.lists.count(tenantId) };
  }

  @Post()
  @HttpCode(200)
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'addSuppressions',
    summary: 'Put people and companies on the suppression list',
  })
  @ApiOkResponse({ type: AddedSuppressionsView })
  async add(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Body() body: SuppressionsDto,
  ): Promise<AddedSuppressionsView> {
    const ids = idsOf(tenantId, body);
    const added = await this.lists.add(tenantId, ids);
    const count = await this.lists.count(tenantId);
    await this.audit.record({
      tenantId,
      actor,
      action: 'suppressions.added',
      target: 'suppressions',
      details: { added: added.filter(Boolean).length, count },
    });
    return { data: ids.map((id, i) => ({ id, added: added[i] === true })), count };
  }

  @Post('check')
  @HttpCode(200)
  @RequireScope('tenant:read')
  @ApiOperation({ operationId: 'checkSuppressions', summary: 'Ask who is on the suppression list' })
  @ApiOkResponse({ type: CheckedSuppressionsView })
  async check(
    @CurrentCaller() { tenantId }: Caller,
    @Body() body: SuppressionsDto,
  ): Promise<CheckedSuppressionsView> {
    const ids = idsOf(tenantId, body);
    const found = await this.lists.has(tenantId, ids);
    return { data: ids.map((id, i) => ({ id, suppressed: found[i] === true })) };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'removeSuppression',
    summary: 'Take somebody off the list; who is not on it is no error',
  })
  @ApiNoContentResponse()
  async remove(@CurrentCaller() { tenantId, actor }: Caller, @Param('id') id: string): Promise<void> {
    if (!SUPPRESSION_ID.test(id)) return;
    const removed = await this.lists.remove(tenantId, [id]);
    if (removed === 0) return;
    await this.audit.record({ tenantId, actor, action: 'suppressions.removed', target: id });
  }
}

function idsOf(tenantId: string, { entries }: SuppressionsDto): string[] {
  return entries.map((entry, i) => suppressionId(tenantId, entry, `entries.${i}`));
}
