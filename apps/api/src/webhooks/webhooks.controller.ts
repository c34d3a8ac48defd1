import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#libs/contracts';
import { WebhookLog } from '#libs/run-state';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { RunFinder } from '../orchestrations/run-finder';
import { RedeliverDto } from './redeliver.dto';
import { WebhookDeliveryListView, webhookDeliveryView, WebhookRedeliveryView } from './webhook-delivery.view';
import { WebhookRedelivery } from './webhook-redelivery';

@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class WebhooksController {
  constructor(
    private readonly finder: RunFinder,
    private readonly log: WebhookLog,
    private readonly redelivery: WebhookRedelivery,
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

  @Post(':id/webhook-deliveries')
  @RequireScope('orchestrations:write')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'redeliverWebhook',
    summary: 'Tell the webhook once more how the run ended',
    description:
      'The same message under the same `webhook-id`, signed anew. An attempt that is due later is made now; where none is due ' +
      'any more, one is made, and not tried again. The log tells what became of it.',
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiAcceptedResponse({ type: WebhookRedeliveryView })
  @ApiProblems('run_not_found', 'not_found', 'run_not_ended', 'webhook_not_set', 'too_many_redeliveries')
  async redeliver(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { webhook_id: asked }: RedeliverDto,
  ): Promise<WebhookRedeliveryView> {
    const run = await this.finder.forReading(caller.tenantId, id);
    return { webhook_id: await this.redelivery.ask(caller, run, asked) };
  }
}
