import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { WEBHOOK_ID_LENGTH_MAX } from '#libs/contracts';

/** Body of `POST /api/orchestrations/{id}/webhook-deliveries`; empty: the message of the run's last end. */
export class RedeliverDto {
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: WEBHOOK_ID_LENGTH_MAX,
    description:
      'Only if this is the message of the run’s last end, as the log names it; left out: whichever it is.',
  })
  @ValidateIf((body: RedeliverDto) => body.webhook_id !== undefined)
  @IsString()
  @Length(1, WEBHOOK_ID_LENGTH_MAX)
  webhook_id?: string;
}
