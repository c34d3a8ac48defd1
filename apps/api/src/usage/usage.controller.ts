import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { UsageQueryDto } from './usage-query.dto';
import { UsageService } from './usage.service';
import { UsageView } from './usage.view';

@ApiTags('usage')
@Controller('api/usage')
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({
    operationId: 'getUsage',
    summary: 'What vendors did for the tenant and what it cost, per UTC day, for 92 days at most',
  })
  @ApiOkResponse({ type: UsageView })
  between(@CurrentCaller() { tenantId }: Caller, @Query() query: UsageQueryDto): Promise<UsageView> {
    return this.usage.between(tenantId, query);
  }
}
