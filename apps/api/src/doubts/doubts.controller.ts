import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { PageQueryDto } from '../paging/page-query.dto';
import { DoubtPageView, ResolvedDoubtView } from './doubt.view';
import { DoubtsService } from './doubts.service';
import { ResolveDoubtDto } from './resolve-doubt.dto';

/** Calls that were sent and whose outcome nobody knows: they are charged, and not repeated, until somebody says how they ended. */
@ApiTags('doubts')
@Controller('api')
export class DoubtsController {
  constructor(private readonly doubts: DoubtsService) {}

  @Get('doubts')
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'listDoubts', summary: 'The tenant’s calls in doubt, oldest first' })
  @ApiOkResponse({ type: DoubtPageView })
  list(@CurrentCaller() { tenantId }: Caller, @Query() query: PageQueryDto): Promise<DoubtPageView> {
    return this.doubts.ofTenant(tenantId, query);
  }

  @Get('orchestrations/:id/doubts')
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'listDoubtsOfRun', summary: 'Calls in doubt that a run has made' })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({ type: DoubtPageView })
  @ApiProblems('run_not_found')
  listOfRun(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() query: PageQueryDto,
  ): Promise<DoubtPageView> {
    return this.doubts.ofRun(tenantId, id, query);
  }

  @Post('doubts/:id/resolve')
  @RequireScope('orchestrations:write')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resolveDoubt',
    summary: 'Say how a call in doubt ended, as the vendor’s own account tells',
  })
  @ApiOkResponse({ type: ResolvedDoubtView })
  @ApiProblems('doubt_not_found', 'doubt_resolved')
  resolve(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { outcome }: ResolveDoubtDto,
  ): Promise<ResolvedDoubtView> {
    return this.doubts.resolve(caller, id, outcome);
  }
}
