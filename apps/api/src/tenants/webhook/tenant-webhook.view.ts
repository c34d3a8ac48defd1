import { ApiProperty } from '@nestjs/swagger';
import { WEBHOOK_SECRET, WEBHOOK_URL_LENGTH_MAX } from '#libs/contracts';
import type { TenantWebhook } from '#libs/tenancy';

/** Whom the tenant's runs tell that they have ended, unless they name somebody themselves. */
export class TenantWebhookView {
  @ApiProperty({
    type: String,
    minLength: 1,
    maxLength: WEBHOOK_URL_LENGTH_MAX,
    nullable: true,
    description: 'Null: nobody.',
  })
  url!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  set_at!: string | null;
}

/** The webhook that has just been stored. */
export class StoredWebhookView {
  @ApiProperty({ type: String, minLength: 1, maxLength: WEBHOOK_URL_LENGTH_MAX })
  url!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  set_at!: string;

  @ApiProperty({
    type: String,
    pattern: WEBHOOK_SECRET.source,
    nullable: true,
    description: 'The generated one, shown this once; null: the caller brought one.',
  })
  secret!: string | null;
}

export function tenantWebhookView(webhook: TenantWebhook | undefined): TenantWebhookView {
  return { url: webhook?.url ?? null, set_at: webhook?.setAt ?? null };
}
