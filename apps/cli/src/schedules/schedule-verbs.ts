import { appError, type Schedule, type ScheduleSlot } from '#libs/contracts';
import { counted } from '#libs/kernel';
import { storeDataset } from '#libs/object-storage';
import { nextSlotMs, slotsBetween } from '#libs/schedules';
import type { CommandContext } from '../command-context';
import { storeCompaniesFile } from '../run/companies-file';
import { withCompanies } from '../run/given-companies';
import { parseRunOptions } from '../run/run-options';
import {
  rerunSlot,
  scheduleRef,
  scheduleTenant,
  scheduleTimes,
  type RawScheduleOptions,
} from './schedule-options';
import { withSchedules, type SchedulesCell } from './schedules-cell';
import { shown } from './shown-schedule';
import { schedulesTable, slotsTable } from './schedules-table';

/** What a verb came to: members of the result line, and the text for a person. */
type Outcome = { text: string; message: string } & Record<string, unknown>;
/** One verb of `leadgen schedules`. What is wrong with the flags is said before it connects. */
export type ScheduleVerb = (options: RawScheduleOptions, context: CommandContext) => Promise<Outcome>;

export const add: ScheduleVerb = async (raw, context) => {
  const ref = scheduleRef(raw);
  const times = scheduleTimes(raw);
  const { request, companiesFile } = parseRunOptions({ ...raw, overlap: 'allow', wait: true });
  if (companiesFile !== undefined && raw.datasetId !== undefined) {
    throw appError('usage', '--companies and --dataset-id: a run takes one of them');
  }
  const adding =
    (file: string | undefined) =>
    async (cell: SchedulesCell): Promise<Outcome> => {
      const companies =
        file === undefined
          ? await copiedDataset(cell, ref.tenantId, raw.datasetId)
          : { dataset_key: await storeCompaniesFile(cell.storage, ref.tenantId, file) };
      const nowMs = await cell.nowMs();
      const { offline } = context.settings.runtime;
      const schedule: Schedule = {
        tenant_id: ref.tenantId,
        name: ref.name,
        ...times,
        paused: false,
        request: { ...request, ...companies, ...(offline && { offline: true }) },
        created_at: iso(nowMs),
      };
      const state = { decided_until: iso(nowMs), slots: [] };
      await cell.schedules.create(schedule, state, cell.runner.nextLookMs(schedule, state, nowMs));
      await cell.queue.put(ruleOf(schedule));
      await record(cell, schedule, 'schedule.added', { cron: times.cron, time_zone: times.time_zone });
      const message = `Schedule ${ref.name} of ${ref.tenantId} is there; its first slot is ${iso(nextSlotMs(schedule, nowMs))}`;
      return { text: message, message, schedule: shown({ schedule, state, version: '1' }, nowMs) };
    };
  return withCompanies(companiesFile, context, (file) => withSchedules(context, adding(file)));
};

export const list: ScheduleVerb = (raw, context) => {
  const tenantId = scheduleTenant(raw);
  return withSchedules(context, async ({ schedules, nowMs }) => {
    const now = await nowMs();
    const lines = (await schedules.list(tenantId)).map((stored) => shown(stored, now));
    const message = `${counted(lines.length, 'schedule')} of ${tenantId}`;
    return { text: lines.length === 0 ? message : schedulesTable(lines), message, schedules: lines };
  });
};

export const show: ScheduleVerb = (raw, context) => {
  const ref = scheduleRef(raw);
  return withSchedules(context, async ({ schedules, nowMs }) => {
    const stored = await schedules.get(ref);
    const line = shown(stored, await nowMs());
    const message = `Schedule ${ref.name} of ${ref.tenantId}`;
    const { slots } = stored.state;
    return {
      text: [schedulesTable([line]), ...(slots.length > 0 ? [slotsTable(slots)] : [])].join('\n'),
      message,
      schedule: line,
      slots,
    };
  });
};

export const pause: ScheduleVerb = (raw, context) => setPaused(raw, context, true);
export const resume: ScheduleVerb = (raw, context) => setPaused(raw, context, false);

function setPaused(raw: RawScheduleOptions, context: CommandContext, paused: boolean): Promise<Outcome> {
  const ref = scheduleRef(raw);
  return withSchedules(context, async (cell) => {
    const before = await cell.schedules.get(ref);
    const changed = before.schedule.paused !== paused;
    const { schedule, state, version } = (await cell.runner.pause(ref, paused)) ?? before;
    if (paused) await cell.queue.remove(ref);
    else await cell.queue.put(ruleOf(schedule));
    if (changed) await record(cell, schedule, paused ? 'schedule.paused' : 'schedule.resumed');
    const message = paused
      ? `Schedule ${ref.name} of ${ref.tenantId} is paused: its slots pass; what is under way goes on`
      : `Schedule ${ref.name} of ${ref.tenantId} goes on; slots of the pause are not caught up`;
    return {
      text: message,
      message,
      changed,
      schedule: shown({ schedule, state, version }, await cell.nowMs()),
    };
  });
}

export const remove: ScheduleVerb = (raw, context) => {
  const ref = scheduleRef(raw);
  return withSchedules(context, async (cell) => {
    const { schedule } = await cell.schedules.get(ref);
    const changed = await cell.schedules.remove(ref);
    await cell.queue.remove(ref);
    if (changed) await record(cell, schedule, 'schedule.removed');
    const message = `Schedule ${ref.name} of ${ref.tenantId} is removed; its runs stay`;
    return { text: message, message, changed };
  });
};

export const runNow: ScheduleVerb = (raw, context) => {
  const ref = scheduleRef(raw);
  return withSchedules(context, async (cell) => {
    const { schedule } = await cell.schedules.get(ref);
    const slot = await cell.runner.runSlot(ref);
    await record(cell, schedule, 'schedule.run', { slot: slot.slot });
    return slotOutcome(ref.name, slot);
  });
};

/** Only what is a slot of the schedule, and has passed: else the next tick would start it a second time. */
export const rerun: ScheduleVerb = (raw, context) => {
  const ref = scheduleRef(raw);
  const slotMs = rerunSlot(raw);
  return withSchedules(context, async (cell) => {
    const { schedule, state } = await cell.schedules.get(ref);
    if (!slotsBetween(schedule, slotMs - 1, slotMs, 1).slots.includes(slotMs)) {
      const next = iso(nextSlotMs(schedule, slotMs));
      throw appError(
        'invalid_schedule',
        `${iso(slotMs)} is no slot of ${ref.name}; the next one after it is ${next}`,
      );
    }
    if (slotMs > Date.parse(state.decided_until)) {
      throw appError('invalid_schedule', `the slot ${iso(slotMs)} of ${ref.name} has not come yet`);
    }
    const slot = await cell.runner.runSlot(ref, slotMs);
    await record(cell, schedule, 'schedule.run', { slot: slot.slot });
    return slotOutcome(ref.name, slot);
  });
};

function slotOutcome(name: string, slot: ScheduleSlot): Outcome {
  const message =
    slot.run_id === null
      ? `The slot ${slot.slot} of ${name} waits until an earlier run has ended`
      : `The slot ${slot.slot} of ${name} has run ${slot.run_id}`;
  return { text: message, message, slot, run_id: slot.run_id };
}

/** An uploaded dataset is forgotten after 30 days, a schedule is not: its companies are a copy. */
async function copiedDataset(
  { datasets, storage }: SchedulesCell,
  tenantId: string,
  datasetId: string | undefined,
): Promise<{ dataset_key?: string; dataset_name?: string }> {
  if (datasetId === undefined) return {};
  const found = await datasets.find(tenantId, datasetId);
  if (!found) throw appError('dataset_not_found', `tenant ${tenantId} has no dataset ${datasetId}`);
  const { key } = await storeDataset(storage, tenantId, await storage.open(found.object_key), found.format);
  return { dataset_key: key, dataset_name: found.name };
}

async function record(
  { audit, actor }: SchedulesCell,
  { tenant_id: tenantId, name }: Schedule,
  action: string,
  details: Record<string, string> = {},
): Promise<void> {
  await audit.record({ tenantId, actor, action, target: `schedule:${name}`, details });
}

function ruleOf({ tenant_id: tenantId, name, cron, time_zone: timeZone }: Schedule) {
  return { tenantId, name, cron, timeZone };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
