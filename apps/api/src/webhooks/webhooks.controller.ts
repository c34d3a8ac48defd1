import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { WebhookLog } from '#libs/run-state';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { RunFinder } from '../orchestrations/run-finder';
import { WebhookDeliveryListView, webhookDeliveryView } from './webhook-delivery.view';

@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class WebhooksController {
  constructor(
    private readonly finder: RunFinder,
    private readonly log: WebhookLog,
  ) {}

  @Get(':id/webhook-deliveries')
  @RequireScope('orchestrations:read')
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'What became of the run’s webhook, attempt by attempt',
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({ type: WebhookDeliveryListView })
  @ApiProblems('run_not_found')
  async deliveries(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
  ): Promise<WebhookDeliveryListView> {
    const attempts = await this.log.list(await this.finder.forReading(tenantId, id));
    return { data: attempts.map(webhookDeliveryView), next_cursor: null };
  }
}
