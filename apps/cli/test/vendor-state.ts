import type { VendorDescriptor, VendorStanding } from '#libs/vendors';
import type { VendorState } from '../src/vendors/vendor-state';

/** A vendor that can be asked, or for a `reason` cannot. */
export function aStanding(id: string, reason: string | null = null): VendorStanding {
  const descriptor = { id, cap: { concurrency: 10, windows: [] } } as unknown as VendorDescriptor;
  return { descriptor, usable: reason === null, reason };
}

/** A cap with nothing in the way. */
export function aVendorState(
  explained: Partial<VendorState['explained']> = {},
  more: Partial<VendorState> = {},
): VendorState {
  return {
    standing: aStanding('sonar'),
    simulated: false,
    cap: { id: 'sonar', concurrency: 10, windows: [] },
    lane: { waiting: 0, inHand: 0 },
    explained: {
      closedForMs: 0,
      closedWhy: null,
      breaker: 'closed',
      faults: 0,
      probeInMs: 0,
      concurrency: { limit: 10, used: 2, lapsed: 0 },
      windows: [{ name: 'minute', declared: 500, limit: 500, used: 40, freesInMs: 0 }],
      budgets: [],
      ...explained,
    },
    ...more,
  };
}
