import { z } from 'zod';

export const RUN_EVENT_TYPES = [
  'run_accepted',
  'run_start',
  'stage_started',
  'stage_completed',
  'stage_budget_exceeded',
  'progress',
  'run_paused',
  'run_resumed',
  'vendor_closed',
  'vendor_reopened',
  'run_needs_input',
  'run_complete',
  'run_failed',
  'run_cancelled',
  'run_redriven',
  'run_retried',
] as const;
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** One entry of a run's event stream. `id` counts from 1 without gaps, so that a client can ask for what it missed. */
export const runEventSchema = z.object({
  id: z.int().min(1),
  type: z.enum(RUN_EVENT_TYPES),
  at: z.string(),
  state: z.string(),
  phase: z.string(),
  message: z.string(),
});
export type RunEvent = z.infer<typeof runEventSchema>;
