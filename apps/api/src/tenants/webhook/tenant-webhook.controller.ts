import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#libs/audit';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Caller } from '#libs/contracts';
import { TenantWebhooks } from '#libs/tenancy';
import { CurrentCaller } from '../../access/current-caller.decorator';
import { RequireScope } from '../../access/require-scope.decorator';
import { ApiProblems } from '../../openapi/api-problems.decorator';
import { checkReceiver } from '../../webhooks/accept-webhook';
import { PutWebhookDto } from './put-webhook.dto';
import { StoredWebhookView, tenantWebhookView, TenantWebhookView } from './tenant-webhook.view';

const SECRET_BYTES = 32;

/** The webhook of the tenant's runs that name none, from whichever surface they come. */
@ApiTags('tenants')
@Controller('api/tenants/me/webhook')
export class TenantWebhookController {
  constructor(
    private readonly webhooks: TenantWebhooks,
    private readonly audit: AuditLog,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @RequireScope('tenant:read')
  @ApiOperation({
    operationId: 'getTenantWebhook',
    summary: 'Whom runs tell that they have ended, unless they name somebody',
  })
  @ApiOkResponse({ type: TenantWebhookView })
  async find(@CurrentCaller() { tenantId }: Caller): Promise<TenantWebhookView> {
    return tenantWebhookView(await this.webhooks.find(tenantId));
  }

  @Put()
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'putTenantWebhook',
    summary: 'Replace the webhook of runs that name none',
    description: 'It holds for runs that go on already, too, and for what is yet to be delivered.',
  })
  @ApiOkResponse({ type: StoredWebhookView })
  @ApiProblems('sealing_not_configured')
  async put(
    @CurrentCaller() caller: Caller,
    @Body() { url, secret }: PutWebhookDto,
  ): Promise<StoredWebhookView> {
    const { tenantId, actor } = caller;
    checkReceiver(this.settings, url, 'url');
    const signing = secret ?? `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const stored = await this.webhooks.set(tenantId, { url, secret: signing });
    await this.audit.record({
      tenantId,
      actor,
      action: 'tenant.webhook_set',
      target: 'webhook',
      // Not the whole URL: some receivers have a password in its path.
      details: { host: new URL(url).host },
    });
    return { url: stored.url, set_at: stored.setAt, secret: secret === undefined ? signing : null };
  }

  @Delete()
  @HttpCode(204)
  @RequireScope('tenant:write')
  @ApiOperation({
    operationId: 'removeTenantWebhook',
    summary: 'Take the webhook back; none is no error',
    description: 'What is yet to be delivered to it is dropped.',
  })
  @ApiNoContentResponse()
  async remove(@CurrentCaller() { tenantId, actor }: Caller): Promise<void> {
    if (!(await this.webhooks.remove(tenantId))) return;
    await this.audit.record({ tenantId, actor, action: 'tenant.webhook_removed', target: 'webhook' });
  }
}
