import { z } from 'zod';
import { runIdSchema, tenantIdSchema } from '../entities/run.schema';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The queue of webhooks to be delivered, declared once as stages are; it belongs to no run's flow. */
export const WEBHOOK_QUEUE = {
  /** Queue and job name: data, it never changes value. */
  queue: 'webhook',
  version: 1,
  payload: z.strictObject({
    v: z.literal(1),
    tenantId: tenantIdSchema,
    runId: runIdSchema,
    /** The event that ended the run: a run that is retried ends more than once. */
    eventId: z.int().min(1),
  }),
  /** Waits between attempts, about a day altogether. */
  delaysMs: [
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    8 * HOUR,
  ],
  /** The receiver's whole answer must be there by then. */
  timeoutMs: 15 * SECOND,
} as const;

export type WebhookPayload = z.infer<typeof WEBHOOK_QUEUE.payload>;
