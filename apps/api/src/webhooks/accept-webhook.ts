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
  const { runtime, webhooks, sealing } = settings;
  const refusal = receiverRefusal(url, { offline: runtime.offline, loopback: webhooks.loopback });
  if (refusal !== null) throw appError('invalid_request', `webhook.url: ${refusal}`);
  return new Sealer(sealing.keys).seal(secret, webhookSecretPlace(tenantId));
}
