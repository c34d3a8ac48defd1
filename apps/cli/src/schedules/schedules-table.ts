import type { ScheduleSlot } from '#libs/contracts';
import { plainTable } from '../output/plain-table';
import type { ShownSchedule } from './shown-schedule';

export function schedulesTable(schedules: readonly ShownSchedule[]): string {
  return plainTable(
    ['schedule', 'cron', 'zone', 'next slot', 'overlap', 'catch up', 'last slot', 'what became of it'],
    schedules.map((one) => [
      one.name,
      one.cron,
      one.time_zone,
      one.next_slot ?? 'paused',
      one.overlap,
      one.catch_up === 'all' ? `all, ${one.catch_up_max} at most` : one.catch_up,
      one.last?.slot ?? '–',
      one.last ? became(one.last) : '–',
    ]),
  );
}

/** The newest first. */
export function slotsTable(slots: readonly ScheduleSlot[]): string {
  return plainTable(
    ['slot', 'by', 'what became of it'],
    slots.toReversed().map((slot) => [slot.slot, slot.by.replace('_', ' '), became(slot)]),
  );
}

function became({ state, why, run_id: runId }: ScheduleSlot): string {
  return [state, ...(why === null ? [] : [`(${why})`]), ...(runId === null ? [] : [runId])].join(' ');
}
