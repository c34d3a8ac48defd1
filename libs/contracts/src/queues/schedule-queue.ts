import { z } from 'zod';
import { tenantIdSchema } from '../entities/run.schema';
import { scheduleNameSchema } from '../entities/schedule.schema';

/** The queue in which BullMQ's job schedulers put a job at each slot of a schedule, declared once as stages are. */
export const SCHEDULE_QUEUE = {
  /** Queue and job name: data, it never changes value. */
  queue: 'schedule',
  version: 1,
  payload: z.strictObject({ v: z.literal(1), tenantId: tenantIdSchema, name: scheduleNameSchema }),
} as const;

export type SchedulePayload = z.infer<typeof SCHEDULE_QUEUE.payload>;
