import { Queue, type RepeatStrategy } from 'bullmq';
import { SCHEDULE_QUEUE } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { ignoreReportedElsewhere } from '../ignore-reported-elsewhere';
import { parseSchedulePayload } from '../job-payload';

export interface ScheduledRule {
  tenantId: string;
  name: string;
  cron: string;
  timeZone: string;
}

/** Failed looks are kept for people to see: what is due is looked at by whoever leads, too. */
const KEEP_SECONDS = 86_400;

/** The schedules' job schedulers of BullMQ: each puts a job into the queue at its slots, and nowhere else is one made. */
export class ScheduleQueue {
  private readonly queue: Queue;

  constructor(
    /** The caller's own; it is not closed here. */
    redis: RedisClient,
    keys: CellKeys,
    nextSlotMs: NextSlot,
  ) {
    this.queue = new Queue(SCHEDULE_QUEUE.queue, {
      connection: redis,
      prefix: keys.bullPrefix(),
      settings: { repeatStrategy: strategyOf(nextSlotMs) },
    });
    this.queue.on('error', ignoreReportedElsewhere);
  }

  /** From now on a job comes at each slot of the rule; of another rule of that name, none any more. */
  async put({ tenantId, name, cron, timeZone }: ScheduledRule): Promise<void> {
    await this.queue.upsertJobScheduler(
      idOf({ tenantId, name }),
      { pattern: cron, tz: timeZone },
      {
        name: SCHEDULE_QUEUE.queue,
        data: parseSchedulePayload({ v: SCHEDULE_QUEUE.version, tenantId, name }),
        opts: { removeOnComplete: true, removeOnFail: { age: KEEP_SECONDS } },
      },
    );
  }

  /** Whether jobs come for it, and by this rule. */
  async has({ tenantId, name, cron, timeZone }: ScheduledRule): Promise<boolean> {
    const scheduler = await this.queue.getJobScheduler(idOf({ tenantId, name }));
    return scheduler?.pattern === cron && scheduler.tz === timeZone && (scheduler.next ?? 0) > 0;
  }

  /** No further job comes. Done twice, it changes nothing. */
  async remove(ref: { tenantId: string; name: string }): Promise<void> {
    await this.queue.removeJobScheduler(idOf(ref));
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}

/** When the rule's next slot is, after that moment; ms. */
export type NextSlot = (rule: { cron: string; time_zone: string }, afterMs: number) => number;

/** BullMQ and we must not differ about when a slot is. */
export function strategyOf(nextSlotMs: NextSlot): RepeatStrategy {
  return (millis, { pattern = '', tz = 'UTC' }) => nextSlotMs({ cron: pattern, time_zone: tz }, millis);
}

/** BullMQ takes no ":" there; a tenant's id and a name have no ".". */
function idOf({ tenantId, name }: { tenantId: string; name: string }): string {
  return `${tenantId}.${name}`;
}
