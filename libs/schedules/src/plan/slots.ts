import { CronExpressionParser } from 'cron-parser';
import { appError, type Schedule } from '#libs/contracts';
import { toError } from '#libs/kernel';

/** When a schedule's slots are. */
export type SlotRule = Pick<Schedule, 'cron' | 'time_zone'>;

/** Numbers, names of months and days, `*` `,` `/` `-` `#` and `L`. Not `H`, which would be another time at each look. */
const FIELD = /^(?!.*H\b)[0-9A-Za-z*,/#?-]+$/;

/**
 * Throws `invalid_schedule` unless the expression has five fields (or six, seconds first), the zone exists, and there is a
 * slot at all.
 */
export function checkRule(rule: SlotRule): void {
  const fields = rule.cron.trim().split(/\s+/);
  if (![5, 6].includes(fields.length) || !fields.every((field) => FIELD.test(field))) {
    throw appError(
      'invalid_schedule',
      `${JSON.stringify(rule.cron)}: give five fields, minute hour day month weekday, e.g. "30 2 * * *"`,
    );
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: rule.time_zone });
  } catch (error) {
    const zone = JSON.stringify(rule.time_zone);
    throw appError('invalid_schedule', `${zone} is no time zone: give one like Europe/Berlin or UTC`, {
      cause: error,
    });
  }
  try {
    nextSlotMs(rule, Date.UTC(2026, 0, 1));
  } catch (error) {
    throw appError('invalid_schedule', `${JSON.stringify(rule.cron)}: ${toError(error).message}`, {
      cause: error,
    });
  }
}

/**
 * The first slot after that moment, ms since 1970. A time that a zone's clock skips is one hour later that day; one that it
 * shows twice counts once, the first time, unless the hour is `*`.
 */
export function nextSlotMs(rule: SlotRule, afterMs: number): number {
  return iterator(rule, afterMs)();
}

/** Slots that are looked for in one stretch; each takes a part of a millisecond. */
const STRETCH = 64;
const FIRST_WINDOW_MS = 3_600_000;

/**
 * The newest `max` slots after `afterMs`, up to and with `untilMs`, oldest first; `more`: there are earlier ones. It costs as
 * much for a year of minutes as for an hour.
 */
export function slotsBetween(
  rule: SlotRule,
  afterMs: number,
  untilMs: number,
  max: number,
): { slots: number[]; more: boolean } {
  for (let windowMs = FIRST_WINDOW_MS; ; windowMs *= 4) {
    const fromMs = Math.max(afterMs, untilMs - windowMs);
    const whole = fromMs === afterMs;
    const slots = newest(rule, fromMs, untilMs, max + 1);
    if (whole || slots.length > max) return { slots: slots.slice(-max), more: slots.length > max };
  }
}

function newest(rule: SlotRule, afterMs: number, untilMs: number, max: number): number[] {
  const next = iterator(rule, afterMs);
  let slots: number[] = [];
  for (let slot = next(); slot <= untilMs; slot = next()) {
    slots.push(slot);
    if (slots.length >= max + STRETCH) slots = slots.slice(-max);
  }
  return slots.slice(-max);
}

function iterator({ cron, time_zone: tz }: SlotRule, afterMs: number): () => number {
  const slots = CronExpressionParser.parse(cron, { tz, currentDate: new Date(afterMs) });
  return () => slots.next().getTime();
}
