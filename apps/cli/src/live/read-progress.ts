import { PHASES, type Phase } from '#libs/contracts';
import { runRecordFromHash, stageMsField, vendorUsageFromHash, type RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { VendorState } from '../vendors/vendor-state';
import type { RunProgress } from './run-progress';

/** Looks at a run. Undefined: it is not there. */
export type ReadProgress = () => Promise<RunProgress | undefined>;

/** Caps change by the second, and each is a round trip. */
const CAPS_EVERY_MS = 1_500;

/** Reads a run's progress; `readCaps` is told whom the run has asked. */
export function progressReader(
  { runs }: Pick<ConnectedCell, 'runs'>,
  run: RunRef,
  readCaps: (asked: readonly string[]) => Promise<VendorState[]>,
): ReadProgress {
  let caps: VendorState[] = [];
  let capsAt = -Infinity;
  return async () => {
    const hash = await runs.hash(run);
    if (!hash) return undefined;
    const usage = vendorUsageFromHash(hash);
    if (performance.now() - capsAt > CAPS_EVERY_MS) {
      capsAt = performance.now();
      caps = await readCaps(usage.map(({ vendor }) => vendor));
    }
    return { record: runRecordFromHash(hash), usage, stageMs: stageTimes(hash), caps };
  };
}

function stageTimes(hash: Readonly<Record<string, string>>): Partial<Record<Phase, number>> {
  const times: Partial<Record<Phase, number>> = {};
  for (const stage of PHASES) {
    const ms = hash[stageMsField(stage)];
    if (ms !== undefined) times[stage] = Number(ms);
  }
  return times;
}
