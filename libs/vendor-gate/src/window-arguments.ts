import type { CellKeys, LuaArgument } from '#libs/redis';
import { calendarEdges } from './calendar-edges';
import type { CapWindow } from './gate.port';

/**
 * A window as the scripts read it: kind, name, length ms, limit, units, edges. A vendor's stretch that opens with the first
 * request is held as a sliding one, see docs/gate.md.
 */
export function windowArguments(window: CapWindow): LuaArgument[] {
  const { kind, name, lengthMs, limit, units } = window;
  const edges = kind === 'calendar' ? calendarEdges(window.unit, window.zone, Date.now()).join(' ') : '';
  return [kind === 'anchored' ? 'sliding' : kind, name, lengthMs, limit, units, edges];
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
