import { z } from 'zod';

/** What a receiver is told, by the state in which a run ended. */
export const WEBHOOK_TYPES = {
  completed: 'run.completed',
  partial: 'run.partial',
  failed: 'run.failed',
  cancelled: 'run.cancelled',
  needs_input: 'run.needs_input',
} as const;

export const WEBHOOK_URL_LENGTH_MAX = 2048;
/** `whsec_` and 24 to 64 bytes in base64, as the Standard Webhooks specification asks for. */
export const WEBHOOK_SECRET =
  /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?$/;

/** What a webhook's secret is sealed for; it opens nowhere else. */
export function webhookSecretPlace(tenantId: string): readonly string[] {
  return ['webhook-secret', tenantId];
}

/** Of `webhook-id`; ours are shorter. */
export const WEBHOOK_ID_LENGTH_MAX = 64;

/** `webhook-id` of the message that tells of an ending: the same however often it is sent. */
export function webhookIdOf(runId: string, eventId: number): string {
  return `${runId}-${eventId}`;
}

/** Whom to tell that a run has ended; the secret that signs is stored with the run, sealed. */
export const runWebhookSchema = z.strictObject({ url: z.string().min(1).max(WEBHOOK_URL_LENGTH_MAX) });

export const WEBHOOK_OUTCOMES = ['delivered', 'failed', 'given_up'] as const;

/** One attempt to deliver a webhook. */
export const webhookAttemptSchema = z.object({
  /** `webhook-id` of the message: the same in every attempt, so that a receiver can tell repetitions. */
  webhook_id: z.string(),
  type: z.string(),
  /** 1 for the first. */
  attempt: z.int().min(1),
  /** Made once, since somebody asked for it, after those that the queue makes by itself. */
  redelivery: z.boolean().default(false),
  at: z.string(),
  /** `failed`: it will be tried again · `given_up`: it will not. */
  outcome: z.enum(WEBHOOK_OUTCOMES),
  /** What the receiver answered; null: nothing. */
  status: z.int().nullable(),
  duration_ms: z.int().min(0),
  error: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof webhookAttemptSchema>;
