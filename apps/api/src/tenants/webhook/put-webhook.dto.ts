import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches, ValidateIf } from 'class-validator';
import { WEBHOOK_SECRET, WEBHOOK_URL_LENGTH_MAX } from '#libs/contracts';

/** Body of `PUT /api/tenants/me/webhook`: the whole webhook. */
export class PutWebhookDto {
  @ApiProperty({
    type: String,
    minLength: 1,
    maxLength: WEBHOOK_URL_LENGTH_MAX,
    description: 'https, on the public internet.',
    example: 'https://hooks.example.com/leads',
  })
  @IsString()
  @Length(1, WEBHOOK_URL_LENGTH_MAX)
  url!: string;

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
