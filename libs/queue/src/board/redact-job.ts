import type { Job } from 'bullmq';
import { maskSecrets } from '#libs/observability';

/** Members of our payloads: ids and counts, see the stage catalogue. */
const SHOWN = new Set(['v', 'tenantId', 'runId', 'companyId', 'hop', 'epoch']);
const HIDDEN = '[redacted]';
const ID = /^[A-Za-z0-9._-]{1,128}$/;
const REASON_MAX = 300;

/** A job's data for people: ids as they are, whatever else a job may hold is hidden. */
export function redactJobData(data: unknown): unknown {
  if (data === null || data === undefined) return null;
  if (typeof data !== 'object' || Array.isArray(data)) return HIDDEN;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      SHOWN.has(name) ? name : maskSecrets(name).slice(0, 40),
      SHOWN.has(name) && isPlain(value) ? (value as unknown) : HIDDEN,
    ]),
  );
}

/** Values of no shape that we know. */
export function hideValue(value: unknown): unknown {
  return value === null || value === undefined || typeof value === 'number' ? value : HIDDEN;
}

/** Why a job failed, in one line without addresses and secrets. */
export function redactReason(reason: string): string {
  return maskSecrets(reason.split('\n', 1)[0] ?? '').slice(0, REASON_MAX);
}

/** The same job, telling less when it is shown: no stack, and its reason redacted. */
export function tellingLess(job: Job): Job {
  const whole = job.toJSON.bind(job);
  return Object.assign(job, {
    toJSON: () => {
      const json = whole();
      return { ...json, stacktrace: [], failedReason: json.failedReason && redactReason(json.failedReason) };
    },
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && ID.test(value));
}
