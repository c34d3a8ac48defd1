import { z } from 'zod';
import {
  appError,
  SCHEDULE_QUEUE,
  STAGES,
  WEBHOOK_QUEUE,
  type SchedulePayload,
  type StageName,
  type StagePayload,
  type WebhookPayload,
} from '#libs/contracts';

const versionSchema = z.looseObject({ v: z.int() });

/**
 * Parses a job's payload against the stage catalogue; done at enqueue and again at dequeue.
 * Throws `payload_version_unknown` (a newer release wrote it: wait for one that reads it) or `payload_malformed`.
 */
export function parsePayload<Name extends StageName>(stage: Name, data: unknown): StagePayload<Name> {
  return parseVersioned(stage, STAGES[stage], data) as StagePayload<Name>;
}

/** Likewise that of a webhook to be delivered. */
export function parseWebhookPayload(data: unknown): WebhookPayload {
  return parseVersioned(WEBHOOK_QUEUE.queue, WEBHOOK_QUEUE, data) as WebhookPayload;
}

/** Likewise that of a slot of a schedule. */
export function parseSchedulePayload(data: unknown): SchedulePayload {
  return parseVersioned(SCHEDULE_QUEUE.queue, SCHEDULE_QUEUE, data) as SchedulePayload;
}

function parseVersioned(
  name: string,
  { payload, version }: { payload: z.ZodType; version: number },
  data: unknown,
): unknown {
  const result = payload.safeParse(data);
  if (result.success) return result.data;
  const written = versionSchema.safeParse(data);
  if (written.success && written.data.v > version) {
    throw appError(
      'payload_version_unknown',
      `${name} payload has version ${written.data.v}, this release reads up to ${version}`,
    );
  }
  throw appError('payload_malformed', `${name} payload: ${z.prettifyError(result.error)}`);
}
