import { Worker, type Job } from 'bullmq';
import { SCHEDULE_QUEUE } from '#libs/contracts';
import { serverOptions, workerConnectionOptions, type CellKeys } from '#libs/redis';
import { parseSchedulePayload } from '../job-payload';
import { WORKER_TIMING } from '../worker-timing';
import { strategyOf, type NextSlot } from './schedule-queue';

export interface ScheduleWorkerOptions {
  redisUrl: string;
  keys: CellKeys;
  nextSlotMs: NextSlot;
  /** A slot of this schedule has come. */
  look: (ref: { tenantId: string; name: string }) => Promise<void>;
  /** The connection failed, or a look threw. */
  onError: (error: Error) => void;
}

/** Schedules looked at at the same time: each takes a few round trips. */
const CONCURRENCY = 8;

/** Hears of slots of schedules as they come. Which process of several hears of one, BullMQ decides. */
export class ScheduleWorker {
  private readonly worker: Worker;

  constructor({ redisUrl, keys, nextSlotMs, look, onError }: ScheduleWorkerOptions) {
    const run = async (job: Job): Promise<null> => {
      const { tenantId, name } = parseSchedulePayload(job.data);
      await look({ tenantId, name });
      return null;
    };
    this.worker = new Worker(SCHEDULE_QUEUE.queue, run, {
      connection: { ...serverOptions(redisUrl), ...workerConnectionOptions() },
      prefix: keys.bullPrefix(),
      concurrency: CONCURRENCY,
      ...WORKER_TIMING,
      settings: { repeatStrategy: strategyOf(nextSlotMs) },
    });
    this.worker.on('error', onError);
    this.worker.on('failed', (_job, error) => onError(error));
  }

  /** Takes no more and waits for those in hand. */
  async close(): Promise<void> {
    await this.worker.close();
  }
}
