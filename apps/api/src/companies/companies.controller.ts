import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { CompaniesQueryDto } from './companies-query.dto';
import { CompanyPageView } from './company-page.view';
import { CompaniesService } from './companies.service';

@ApiTags('leads')
@Controller('api/orchestrations/:id/companies')
export class CompaniesController {
  constructor(private readonly companies: CompaniesService) {}

  @Get()
  @RequireScope('orchestrations:read')
  @ApiOperation({
    operationId: 'listCompanies',
    summary: 'Every company of a run’s input and what became of it; none until the input has been read',
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({ type: CompanyPageView })
  @ApiProblems('run_not_found')
  list(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() query: CompaniesQueryDto,
  ): Promise<CompanyPageView> {
    return this.companies.page(tenantId, id, query);
  }
}
