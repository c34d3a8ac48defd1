import { Queue } from 'bullmq';
import { WEBHOOK_QUEUE } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { ignoreReportedElsewhere } from '../ignore-reported-elsewhere';
import { jobIds } from '../job-ids';
import { parseWebhookPayload } from '../job-payload';

/** Ended jobs are kept this long: a second add of the same ending finds the first one's. */
const KEEP_SECONDS = 2 * 86_400;

/** Puts endings of runs into the queue of webhooks to be delivered. */
export class WebhookQueue {
  private readonly queue: Queue;

  constructor(
    /** The caller's own; it is not closed here. */
    redis: RedisClient,
    keys: CellKeys,
  ) {
    this.queue = new Queue(WEBHOOK_QUEUE.queue, { connection: redis, prefix: keys.bullPrefix() });
    this.queue.on('error', ignoreReportedElsewhere);
  }

  /** Adding an ending again changes nothing. */
  async add(ending: { tenantId: string; runId: string; eventId: number }): Promise<void> {
    const { tenantId, runId, eventId } = ending;
    await this.queue.add(
      WEBHOOK_QUEUE.queue,
      parseWebhookPayload({ v: WEBHOOK_QUEUE.version, tenantId, runId, eventId }),
      {
        jobId: jobIds.webhook(runId, eventId),
        attempts: WEBHOOK_QUEUE.delaysMs.length + 1,
        backoff: { type: 'custom' },
        removeOnComplete: { age: KEEP_SECONDS },
        removeOnFail: { age: KEEP_SECONDS },
      },
    );
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
