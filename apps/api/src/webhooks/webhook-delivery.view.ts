import { ApiProperty } from '@nestjs/swagger';
import { WEBHOOK_ID_LENGTH_MAX, WEBHOOK_OUTCOMES, WEBHOOK_TYPES, type WebhookAttempt } from '#libs/contracts';

/** One attempt to deliver a webhook of a run. */
export class WebhookDeliveryView {
  @ApiProperty({
    type: String,
    description: 'The header `webhook-id`: the same in every attempt at one message.',
  })
  webhook_id!: string;

  @ApiProperty({ enum: Object.values(WEBHOOK_TYPES) })
  type!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  attempt!: number;

  @ApiProperty({
    type: Boolean,
    description:
      'Somebody asked for this attempt when none was due any more: it is made once, and is the first of its own.',
  })
  redelivery!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({
    enum: WEBHOOK_OUTCOMES,
    description: '`failed` will be tried again, `given_up` will not.',
  })
  outcome!: WebhookAttempt['outcome'];

  @ApiProperty({ type: 'integer', nullable: true, description: 'What the receiver answered.' })
  status!: number | null;

  @ApiProperty({ type: 'integer', minimum: 0 })
  duration_ms!: number;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_attempt_at!: string | null;
}

export class WebhookDeliveryListView {
  @ApiProperty({ type: [WebhookDeliveryView], description: 'Oldest first; the last hundred are kept.' })
  data!: WebhookDeliveryView[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: one page holds them all.' })
  next_cursor!: null;
}

/** What is to be delivered again. */
export class WebhookRedeliveryView {
  @ApiProperty({
    type: String,
    minLength: 1,
    maxLength: WEBHOOK_ID_LENGTH_MAX,
    description: 'The header `webhook-id` that it will have: the same as before.',
  })
  webhook_id!: string;
}

export function webhookDeliveryView(attempt: WebhookAttempt): WebhookDeliveryView {
  const { webhook_id, type, redelivery, at, outcome, status, duration_ms, error, next_attempt_at } = attempt;
  return {
    webhook_id,
    type,
    attempt: attempt.attempt,
    redelivery,
    at,
    outcome,
    status,
    duration_ms,
    error,
    next_attempt_at,
  };
}
