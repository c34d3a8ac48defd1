import type { Phase, RunRecord, VendorUsage } from '#libs/contracts';
import type { VendorState } from '../vendors/vendor-state';

/** A run at one moment, and the caps of the vendors it asks. */
export interface RunProgress {
  record: RunRecord;
  usage: readonly VendorUsage[];
  /** How long the stages took that have ended, ms. */
  stageMs: Readonly<Partial<Record<Phase, number>>>;
  caps: readonly VendorState[];
}
