import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsString, Matches, ValidateIf } from 'class-validator';
import { WEBHOOK_SECRET } from '#libs/contracts';
import { WebhookDto } from '../../webhooks/webhook.dto';

/** Body of `PUT /api/tenants/me/webhook`: the whole webhook. */
export class PutWebhookDto extends PickType(WebhookDto, ['url']) {
  @ApiPropertyOptional({
    type: String,
    pattern: WEBHOOK_SECRET.source,
    writeOnly: true,
    description:
      'Signs the messages (Standard Webhooks): `whsec_` and 24 to 64 random bytes in base64. Stored encrypted, never shown. ' +
      'Left out: one is generated, which this answer alone shows.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  @ValidateIf((body: PutWebhookDto) => body.secret !== undefined)
  @IsString()
  @Matches(WEBHOOK_SECRET, { message: 'must be whsec_ and 24 to 64 random bytes in base64' })
  secret?: string;
}
