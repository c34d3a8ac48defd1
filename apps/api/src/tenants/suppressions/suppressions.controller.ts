import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#libs/audit';
import type { Caller } from '#libs/contracts';
import { suppressionSubject, SuppressionLists } from '#libs/tenancy';
import type { SuppressionSubject } from '#libs/vendor-gate';
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
    const data = await this.lists.add(tenantId, subjectsOf(body));
    const count = await this.lists.count(tenantId);
    await this.audit.record({
      tenantId,
      actor,
      action: 'suppressions.added',
      target: 'suppressions',
      details: { added: data.filter(({ added }) => added).length, count },
    });
    return { data, count };
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
    const found = await this.lists.find(tenantId, subjectsOf(body));
    return { data: found.map(({ id, isListed }) => ({ id, suppressed: isListed })) };
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
    if (!(await this.lists.removeId(tenantId, id))) return;
    await this.audit.record({ tenantId, actor, action: 'suppressions.removed', target: id });
  }
}

function subjectsOf({ entries }: SuppressionsDto): SuppressionSubject[] {
  return entries.map((entry, i) => suppressionSubject(entry, `entries.${i}`));
}
