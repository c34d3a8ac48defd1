import type { SimulatedWindow } from '../vendors/simulated-vendor.port';
import { SlidingCount } from './sliding-count';
import { StretchCount } from './stretch-count';
import type { WindowCount } from './window-count';

/** A count of nothing yet, of a window of this kind. */
export function openCount({ kind, lengthMs }: Pick<SimulatedWindow, 'kind' | 'lengthMs'>): WindowCount {
  switch (kind) {
    case 'sliding':
      return new SlidingCount(lengthMs);
    case 'fixed':
    case 'anchored':
      return new StretchCount(lengthMs, kind);
  }
}
