import type { CellKeys } from '#libs/redis';
import { calendarEdges } from './calendar-edges';
import type { CapWindow, Lesson } from './gate.port';

/**
 * A window as the scripts read it, see lua/includes/windows.lua. A vendor's stretch that opens with the first request is held
 * as a sliding one, see docs/gate.md. `lesson`: what a call's end taught of it.
 */
export function windowArgument(window: CapWindow, lesson?: Lesson): string {
  const { kind, name, lengthMs, limit, units } = window;
  const taken = lesson?.taken?.[name] ?? units;
  const counted = kind === 'anchored' ? 'sliding' : kind;
  const given = `${counted} ${name} ${lengthMs} ${limit} ${units} ${taken} ${readingOf(lesson, name)}`;
  return kind === 'calendar'
    ? `${given} ${calendarEdges(window.unit, window.zone, Date.now()).join(' ')}`
    : given;
}

/** `limit:left:reset ms`, `-` for what was not said. */
function readingOf(lesson: Lesson | undefined, name: string): string {
  const reading = lesson?.readings?.find(({ window }) => window === name);
  if (!reading) return '-';
  const { limit, left, resetInMs } = reading;
  return [limit, left, resetInMs].map((value) => (value === undefined ? '-' : Math.ceil(value))).join(':');
}

/** The sorted sets of those windows that have one, in order; counters do for the others. */
export function windowKeys(keys: CellKeys, capId: string, windows: readonly CapWindow[]): string[] {
  return windows
    .filter(({ kind }) => kind === 'sliding' || kind === 'anchored')
    .map(({ name }) => keys.window(capId, name));
}

const DAY_MS = 86_400_000;

/** How long a cap's keys must live after they were last used, at least: nothing they say matters for longer. */
export function keepCapMs(windows: readonly CapWindow[], leaseMs: number): number {
  return 2 * (DAY_MS + Math.max(leaseMs, ...windows.map(({ lengthMs }) => lengthMs)));
}
