import type { SimulatedWindow } from '../vendors/simulated-vendor.port';
import { SlidingCount } from './sliding-count';
import { StretchCount } from './stretch-count';

/** What one key has taken of one window, as its vendor counts. Moments handed in never go back. */
export interface WindowCount {
  /** Units that count at this moment. */
  taken(nowMs: number): number;
  take(nowMs: number, units: number): void;
  /** Until nothing counts any more (sliding), or a new stretch begins; 0 where none has begun. */
  resetInMs(nowMs: number): number;
}

export function openCount({ kind, lengthMs }: Pick<SimulatedWindow, 'kind' | 'lengthMs'>): WindowCount {
  switch (kind) {
    case 'sliding':
      return new SlidingCount(lengthMs);
    case 'fixed':
    case 'anchored':
      return new StretchCount(lengthMs, kind);
  }
}
