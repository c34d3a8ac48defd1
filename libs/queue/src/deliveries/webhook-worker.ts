import { UnrecoverableError, Worker, type Job } from 'bullmq';
import { WEBHOOK_QUEUE, type WebhookPayload } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { serverOptions, workerConnectionOptions, type CellKeys } from '#libs/redis';
import { jobIds } from '../job-ids';
import { parseWebhookPayload } from '../job-payload';
import { retryAs } from '../retry-as';
import { WORKER_TIMING } from '../worker-timing';
import { webhookRetryMs } from './webhook-retry';

export interface WebhookWorkerOptions {
  redisUrl: string;
  keys: CellKeys;
  /** Deliveries in hand at a time: they mostly wait for receivers. */
  concurrency: number;
  deliver: (payload: WebhookPayload, context: WebhookContext) => Promise<'delivered' | 'failed' | 'given_up'>;
  /** The connection failed, or a job cannot be read: one of a newer release is put back for a worker that can. */
  onError: (error: Error) => void;
}

export interface WebhookContext {
  jobId: string;
  /** 1 for the first. */
  attempt: number;
  /** Until the next attempt if this one fails; null: it is the last. */
  retryInMs: number | null;
  /** Somebody asked for it, see `WebhookQueue.addAgain`. */
  isRedelivery: boolean;
}

/** Works on the queue of webhooks. A delivery that a killed process had in hand is made again within 15 s. */
export class WebhookWorker {
  private readonly worker: Worker;

  constructor({ redisUrl, keys, concurrency, deliver, onError }: WebhookWorkerOptions) {
    const payloadOf = async (job: Job, token: string | undefined): Promise<WebhookPayload> => {
      try {
        return parseWebhookPayload(job.data);
      } catch (thrown) {
        const error = toError(thrown);
        onError(error);
        throw await retryAs(error, job, token);
      }
    };
    const run = async (job: Job, token?: string): Promise<null> => {
      const attempt = job.attemptsMade + 1;
      const jobId = String(job.id);
      const payload = await payloadOf(job, token);
      const isRedelivery = jobId === jobIds.webhookAgain(payload.runId, payload.eventId);
      const retryInMs = isRedelivery ? null : webhookRetryMs(jobId, attempt);
      const outcome = await deliver(payload, { jobId, attempt, retryInMs, isRedelivery });
      if (outcome === 'given_up') throw new UnrecoverableError('given up, see the log of deliveries');
      if (outcome === 'failed') throw new Error('failed, see the log of deliveries');
      return null;
    };
    this.worker = new Worker(WEBHOOK_QUEUE.queue, run, {
      connection: { ...serverOptions(redisUrl), ...workerConnectionOptions() },
      prefix: keys.bullPrefix(),
      concurrency,
      ...WORKER_TIMING,
      settings: {
        backoffStrategy: (attemptsMade, _type, _error, job) =>
          // -1: BullMQ makes no further attempt.
          webhookRetryMs(String(job?.id), attemptsMade) ?? -1,
      },
    });
    this.worker.on('error', onError);
  }

  /** Takes no more and waits for those in hand. */
  async close(): Promise<void> {
    await this.worker.close();
  }
}
