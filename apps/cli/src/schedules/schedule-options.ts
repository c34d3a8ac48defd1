import {
  appError,
  CATCH_UP_MAX,
  CATCH_UPS,
  SCHEDULE_OVERLAPS,
  scheduleNameSchema,
  tenantIdSchema,
  type CatchUp,
  type ScheduleOverlap,
} from '#libs/contracts';
import { checkRule, type ScheduleRef } from '#libs/schedules';
import type { RawOptions } from '../run/run-options';
import { wholeNumber } from '../typed/whole-number';

export interface RawScheduleOptions extends Omit<RawOptions, 'wait' | 'overlap'> {
  name?: string;
  cron?: string;
  timeZone?: string;
  overlap?: string;
  catchUp?: string;
  catchUpMax?: string;
  datasetId?: string;
  slot?: string;
}

/** When, and what becomes of slots that overlap or were missed. */
export interface ScheduleTimes {
  cron: string;
  time_zone: string;
  overlap: ScheduleOverlap;
  catch_up: CatchUp;
  catch_up_max: number;
}

/** Whose. Throws `usage` naming the flag, as all of these do. */
export function scheduleTenant({ tenantId }: RawScheduleOptions): string {
  const tenant = tenantIdSchema.safeParse(tenantId);
  if (!tenant.success) throw appError('usage', 'whose schedules? pass --tenant-id <id>');
  return tenant.data;
}

export function scheduleRef(raw: RawScheduleOptions): ScheduleRef {
  const tenantId = scheduleTenant(raw);
  const name = scheduleNameSchema.safeParse(raw.name);
  if (!name.success) throw appError('usage', `--name: ${name.error.issues[0]?.message ?? ''}`);
  return { tenantId, name: name.data };
}

/** Throws `invalid_schedule`, too. */
export function scheduleTimes(raw: RawScheduleOptions): ScheduleTimes {
  if (raw.cron === undefined) throw appError('usage', 'when? pass --cron "30 2 * * *"');
  const rule = { cron: raw.cron.trim().replace(/\s+/g, ' '), time_zone: raw.timeZone ?? 'UTC' };
  checkRule(rule);
  return {
    ...rule,
    overlap: oneOf('--overlap', raw.overlap ?? 'skip', SCHEDULE_OVERLAPS),
    catch_up: oneOf('--catch-up', raw.catchUp ?? 'last', CATCH_UPS),
    catch_up_max: wholeNumber('--catch-up-max', raw.catchUpMax ?? '7', CATCH_UP_MAX),
  };
}

/** The slot that is to run again, ms. */
export function rerunSlot({ slot }: RawScheduleOptions): number {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{3})?)?Z$/.test(slot ?? '')
    ? Date.parse(slot ?? '')
    : NaN;
  if (!Number.isNaN(ms)) return ms;
  throw appError(
    'usage',
    `--slot ${JSON.stringify(slot ?? '')}: give the slot’s time in UTC, e.g. 2026-11-26T01:30Z`,
  );
}

function oneOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw appError('usage', `${flag} ${JSON.stringify(text)}: use ${words.join(', ')}`);
}
