import type { DenyReason, Settlement } from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';

/** A request that was made to a vendor. */
export interface MeteredRequest {
  vendor: string;
  op: string;
  /** The simulator answered: nothing was paid. */
  simulated: boolean;
  outcome: VendorOutcome<unknown>;
  settlement: Settlement;
  /** What a call in doubt is charged. */
  maxCostMicro: number;
  tookMs: number;
}

/** What the walk tells of its work. Called on the hot path: nothing in it may take time. */
export interface WalkMeter {
  requested(request: MeteredRequest): void;
  fromLedger(vendor: string, op: string, kind: 'found' | 'not_found'): void;
  /** The gate has refused a call for good. */
  denied(reason: DenyReason): void;
  /** A company's walk has ended, after so long without waiting for caps, earlier jobs included. */
  walked(ms: number): void;
}

export const UNMETERED: WalkMeter = {
  requested: () => undefined,
  fromLedger: () => undefined,
  denied: () => undefined,
  walked: () => undefined,
};
