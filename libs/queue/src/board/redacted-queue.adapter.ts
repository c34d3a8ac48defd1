import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Job, Queue } from 'bullmq';
import { hideValue, redactJobData, redactReason, tellingLess } from './redact-job';

type ShownStatuses = Parameters<BullMQAdapter['getJobs']>[0];

/** A queue as the board shows it: its jobs' ids, and nothing of what else a job may hold. */
export class RedactedQueueAdapter extends BullMQAdapter {
  constructor(queue: Queue, options: { readOnlyMode: boolean; description: string }) {
    super(queue, options);
    this.setFormatter('data', redactJobData);
    this.setFormatter('returnValue', hideValue);
    this.setFormatter('progress', hideValue);
    this.setFormatter('name', () => queue.name);
  }

  override async getJob(id: string): Promise<Job | undefined> {
    const job = await super.getJob(id);
    return job && tellingLess(job);
  }

  override async getJobs(statuses: ShownStatuses, start?: number, end?: number): Promise<Job[]> {
    return (await super.getJobs(statuses, start, end)).map(tellingLess);
  }

  override async getJobLogs(id: string): Promise<string[]> {
    return (await super.getJobLogs(id)).map(redactReason);
  }
}
