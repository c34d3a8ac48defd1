import type { Schedule, ScheduleSlot } from '#libs/contracts';
import { nextSlotMs, type StoredSchedule } from '#libs/schedules';

/** A schedule as machines read it. */
export interface ShownSchedule extends Omit<Schedule, 'request'> {
  next_slot: string | null;
  waiting: number;
  last: ScheduleSlot | null;
  request: Schedule['request'];
}

/** `nowMs`: by the cell's clock. */
export function shown({ schedule, state }: StoredSchedule, nowMs: number): ShownSchedule {
  return {
    ...schedule,
    next_slot: schedule.paused ? null : new Date(nextSlotMs(schedule, nowMs)).toISOString(),
    waiting: state.slots.filter((slot) => slot.state === 'waiting').length,
    last: state.slots.at(-1) ?? null,
  };
}
