import { z } from 'zod';
import { runIdSchema, runRequestSchema, tenantIdSchema } from './run.schema';

/** Names a schedule of a tenant; it is the thread of its runs, too, unless they are given one. Safe in keys and job ids. */
export const scheduleNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, {
  error: 'a schedule’s name is 1–63 letters, digits, "-" or "_", starting with a letter or digit',
});

/** What becomes of a slot that comes while an earlier run of the schedule has not ended. */
export const SCHEDULE_OVERLAPS = ['skip', 'queue', 'cancel-previous'] as const;
export type ScheduleOverlap = (typeof SCHEDULE_OVERLAPS)[number];

/** What becomes of slots that nobody was there for. */
export const CATCH_UPS = ['none', 'last', 'all'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

export const CATCH_UP_MAX = 50;

/** When runs of a tenant start by themselves, and with what. */
export const scheduleSchema = z.strictObject({
  tenant_id: tenantIdSchema,
  name: scheduleNameSchema,
  /** Five fields, or six with seconds first. */
  cron: z.string().min(1).max(200),
  /** IANA, e.g. `Europe/Berlin`. */
  time_zone: z.string().min(1).max(64),
  overlap: z.enum(SCHEDULE_OVERLAPS),
  catch_up: z.enum(CATCH_UPS),
  /** With `all`: at most so many slots, the newest. */
  catch_up_max: z.int().min(1).max(CATCH_UP_MAX),
  paused: z.boolean(),
  request: runRequestSchema,
  created_at: z.string(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** `waiting` in line · `starting`: its run is being made · `started` · `ended`: its run has · `skipped`. */
export const SLOT_STATES = ['waiting', 'starting', 'started', 'ended', 'skipped'] as const;

/** What became of one slot; `slot` is the time it is named after, UTC. */
export const scheduleSlotSchema = z.strictObject({
  slot: z.iso.datetime(),
  state: z.enum(SLOT_STATES),
  /** How it came: by the clock, after downtime, or a person wanted it. */
  by: z.enum(['clock', 'catch_up', 'person']),
  /** For `skipped`. */
  why: z.string().nullable(),
  run_id: runIdSchema.nullable(),
});
export type ScheduleSlot = z.infer<typeof scheduleSlotSchema>;

export const scheduleStateSchema = z.strictObject({
  /** Slots up to here have been decided, UTC. */
  decided_until: z.iso.datetime(),
  /** In the order in which they were decided, the last hundred. */
  slots: z.array(scheduleSlotSchema),
});
export type ScheduleState = z.infer<typeof scheduleStateSchema>;
