import { hash } from 'node:crypto';
import { WEBHOOK_QUEUE } from '#libs/contracts';

/** Each wait is up to a fifth longer or shorter, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * Wait after the n-th failed attempt, ms; null: it was the last. The same for the same job and attempt, so that whoever logs
 * when the next attempt is due and whoever makes it agree.
 */
export function webhookRetryMs(jobId: string, attempt: number): number | null {
  const delayMs = WEBHOOK_QUEUE.delaysMs[attempt - 1];
  if (delayMs === undefined) return null;
  const chance = hash('sha256', `${jobId}/${attempt}`, 'buffer').readUInt32BE(0) / 2 ** 32;
  return Math.round(delayMs * (1 + JITTER * (2 * chance - 1)));
}
