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

  /**
   * Has an ending delivered once more, now: an attempt that is due later is made at once; where none is due any more, or one is
   * in hand, another is made. Asking again before that has been made changes nothing.
   */
  async addAgain(ending: { tenantId: string; runId: string; eventId: number }): Promise<void> {
    const { tenantId, runId, eventId } = ending;
    if (await this.hasten(jobIds.webhook(runId, eventId))) return;
    await this.queue.add(
      WEBHOOK_QUEUE.queue,
      parseWebhookPayload({ v: WEBHOOK_QUEUE.version, tenantId, runId, eventId }),
      {
        jobId: jobIds.webhookAgain(runId, eventId),
        attempts: 1,
        // The next one has the same id.
        removeOnComplete: true,
        removeOnFail: true,
      },
    );
  }

  /** Whether the job waits to be worked on; if it waited for its time, it does no more. */
  private async hasten(jobId: string): Promise<boolean> {
    const job = await this.queue.getJob(jobId);
    if (!job) return false;
    if (await job.isDelayed()) {
      try {
        await job.promote();
      } catch (error) {
        // Its time has come by itself meanwhile, unless it still waits.
        if (await job.isDelayed()) throw error;
      }
    }
    const state = await job.getState();
    return state === 'waiting' || state === 'delayed';
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
