import type { Settings } from '#libs/config';
import { appError, webhookSecretPlace } from '#libs/contracts';
import { Sealer } from '#libs/sealing';
import { receiverRefusal } from '#libs/vendors';
import type { WebhookDto } from './webhook.dto';

/**
 * Takes in the webhook of a run to be; answers its secret, sealed for storing. Throws `invalid_request` for a URL that nothing
 * would be sent to, `sealing_not_configured` where no secret can be kept.
 */
export function acceptWebhook(settings: Settings, tenantId: string, { url, secret }: WebhookDto): string {
  checkReceiver(settings, url, 'webhook.url');
  return new Sealer(settings.sealing.keys).seal(secret, webhookSecretPlace(tenantId));
}

/** Throws `invalid_request`, naming the member, for a URL that nothing would be sent to. */
export function checkReceiver({ runtime, webhooks }: Settings, url: string, member: string): void {
  const refusal = receiverRefusal(url, { offline: runtime.offline, loopback: webhooks.loopback });
  if (refusal !== null) throw appError('invalid_request', `${member}: ${refusal}`);
}
