export { checkRule, nextSlotMs, slotsBetween, type SlotRule } from './plan/slots';
export { ScheduleRunner, type ScheduledFlow } from './schedule-runner';
export { ScheduleRepository, type ScheduleRef, type StoredSchedule } from './store/schedule.repository';
export * from './tick/tick-slot';
