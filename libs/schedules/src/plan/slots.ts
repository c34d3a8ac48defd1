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

const MINUTE_MS = 60_000;
/** A search that fails from here on as well finds nothing at all. */
const LOST_MOST_MS = 60 * 86_400_000;

/**
 * The library loses its way where a clock is put back by half an hour (Lord Howe's is): a search that begins before that moment
 * and would end after it fails. It is begun anew at that moment, which is found by halving.
 */
function iterator({ cron, time_zone: tz }: SlotRule, afterMs: number): () => number {
  const from = (ms: number): { next(): { getTime(): number } } =>
    CronExpressionParser.parse(cron, { tz, currentDate: new Date(ms) });
  const found = (ms: number): boolean => {
    try {
      return from(ms).next().getTime() > ms;
    } catch {
      return false;
    }
  };
  let slots = from(afterMs);
  let lastMs = afterMs;
  return () => {
    try {
      lastMs = slots.next().getTime();
    } catch (error) {
      let stepMs = 30 * MINUTE_MS;
      while (!found(lastMs + stepMs)) {
        if (stepMs > LOST_MOST_MS) throw error;
        stepMs *= 2;
      }
      slots = from(firstFound(found, lastMs, lastMs + stepMs));
      lastMs = slots.next().getTime();
    }
    return lastMs;
  };
}

/** To the minute, the first moment between the two from which on there is something to be found. */
function firstFound(found: (ms: number) => boolean, lostMs: number, foundMs: number): number {
  let [low, high] = [lostMs, foundMs];
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2);
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}
