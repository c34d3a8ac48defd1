import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { appError, webhookIdOf, type Caller } from '#libs/contracts';
import { WebhookQueue } from '#libs/queue';
import { WebhookRedeliveries, type RunRef } from '#libs/run-state';
import { TenantWebhooks } from '#libs/tenancy';

/** Has the end of a run told once more, as the same message under the same `webhook-id`. */
@Injectable()
export class WebhookRedelivery implements OnApplicationShutdown {
  constructor(
    private readonly redeliveries: WebhookRedeliveries,
    private readonly defaults: TenantWebhooks,
    private readonly queue: WebhookQueue,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Answers the `webhook-id`. A run that was tried again since has another message: the ones before cannot be told any more.
   * Throws `run_not_ended`, `webhook_not_set`, `not_found` and `too_many_redeliveries`.
   */
  async ask({ tenantId, actor }: Caller, run: RunRef, asked: string | undefined): Promise<string> {
    const ending = await this.redeliveries.lastEnding(run);
    if (!ending.hasOwnWebhook && !(await this.defaults.find(tenantId))) {
      throw appError('webhook_not_set', `neither run ${run.runId} nor its tenant has a webhook`);
    }
    const webhookId = webhookIdOf(ending.runId, ending.eventId);
    if (asked !== undefined && asked !== webhookId) {
      throw appError('not_found', `webhook_id: the message of the run’s last end is ${webhookId}`);
    }
    await this.redeliveries.count(run);
    await this.queue.addAgain(ending);
    await this.audit.record({
      tenantId,
      actor,
      action: 'run.webhook_redelivered',
      target: run.runId,
      details: { webhook_id: webhookId },
    });
    return webhookId;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
