import type { CellKeys } from '#libs/redis';
import type { Cap, CapWindow } from './gate.port';
import { keepCapMs, windowArgument, windowKeys } from './window-arguments';

/** What the scripts are told of a cap by every call that takes the same of its windows. */
export interface CapShape {
  capKey: string;
  leasesKey: string;
  /** Of all caps. */
  eventsKey: string;
  lanePrefix: string;
  /** Those that the call takes something of. */
  windows: readonly CapWindow[];
  windowKeys: readonly string[];
  windowArguments(): readonly string[];
  /** How long the cap's keys must live, ms, when calls have leases of this length. */
  keepMs(leaseMs: number): number;
}

/** Made once per cap as it is given: vendors whose calls all weigh the same give the same one again and again. */
export class CapShapes {
  private readonly known = new WeakMap<Cap, CapShape>();

  constructor(private readonly keys: CellKeys) {}

  of(cap: Cap): CapShape {
    const known = this.known.get(cap);
    if (known) return known;
    const shape = shapeOf(this.keys, cap);
    this.known.set(cap, shape);
    return shape;
  }
}

function shapeOf(keys: CellKeys, cap: Cap): CapShape {
  const windows = cap.windows.filter(({ units }) => units > 0);
  const written = windows.map((window) => windowArgument(window));
  // What a calendar's stretches are depends on the day.
  const isTimeless = windows.every(({ kind }) => kind !== 'calendar');
  const keep = keepCapMs(windows, 0);
  return {
    capKey: keys.cap(cap.id),
    leasesKey: keys.leases(cap.id),
    eventsKey: keys.capEvents(),
    lanePrefix: keys.laneQueue(cap.id),
    windows,
    windowKeys: windowKeys(keys, cap.id, windows),
    windowArguments: () => (isTimeless ? written : windows.map((window) => windowArgument(window))),
    keepMs: (leaseMs) => Math.max(keep, keepCapMs([], leaseMs)),
  };
}
