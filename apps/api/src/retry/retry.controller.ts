import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditLog } from '#libs/audit';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Caller } from '#libs/contracts';
import { RETRY_CAUSES } from '#libs/domain';
import { RunRetry } from '#libs/run-retry';
import { StartsRuns } from '../access/counts-as.decorator';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { OrchestrationsService } from '../orchestrations/orchestrations.service';
import { RunFinder } from '../orchestrations/run-finder';
import { RetryDto } from './retry.dto';
import { retryView, RetryView } from './retry.view';

/** Walks what failed or is in doubt again, priced first. */
@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class RetryController {
  constructor(
    private readonly retrying: RunRetry,
    private readonly finder: RunFinder,
    private readonly orchestrations: OrchestrationsService,
    private readonly audit: AuditLog,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post(':id/retry')
  @RequireScope('orchestrations:write')
  @StartsRuns()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'retryOrchestration',
    summary: 'Walk the companies of an ended run again that failed or are in doubt',
    description:
      'In place: the same run goes on, and ends again. What was found is not bought again. A dry run says what it would ' +
      'take and starts nothing.',
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({ type: RetryView, description: 'A dry run: nothing was started.' })
  @ApiAcceptedResponse({ type: RetryView, description: 'The run goes on.' })
  @ApiProblems(
    'run_not_found',
    'run_ambiguous',
    'illegal_transition',
    'nothing_to_retry',
    'retry_too_expensive',
  )
  async retry(
    @CurrentCaller() { tenantId, actor }: Caller,
    @Param('id') id: string,
    @Body() body: RetryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RetryView> {
    const run = await this.finder.forAction(tenantId, id);
    const { dry_run: dryRun = false, max_cost_micro_usd: maxCostMicro = null, include = RETRY_CAUSES } = body;
    if (dryRun) {
      const price = await this.retrying.price(run, include);
      response.status(200);
      return retryView(price, true, (await this.orchestrations.show(run)).view);
    }
    const price = await this.retrying.start(run, {
      include,
      maxCostMicro,
      activeRunsMax: this.settings.api.activeRunsPerTenant,
      who: 'a client',
    });
    await this.audit.record({
      tenantId,
      actor,
      action: 'run.retried',
      target: run.runId,
      details: { companies: price.companies, expected_micro_usd: price.estimate.cost_micro.expected },
    });
    return retryView(price, false, (await this.orchestrations.show(run)).view);
  }
}
