import { STAGES } from './stage-catalogue';

/** What a cap may be called to have a lane: BullMQ takes no ":" in a queue's name. */
const CAP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * The queue in which companies wait for a cap: `enrich.<cap>`, one per credential of a vendor. Its jobs have the payload
 * and the retry rules of `enrich`. Throws `RangeError` for a cap id that makes no queue name.
 */
export function laneQueue(capId: string): string {
  if (!CAP_ID.test(capId)) throw new RangeError(`cap ${JSON.stringify(capId)} cannot have a lane`);
  return `${STAGES.enrich.queue}.${capId}`;
}

/** Nobody works on it: its jobs keep the exports of paused runs waiting. */
export const HOLD_QUEUE = 'hold';

/** What accepted runs wait in for a worker that adds their jobs, as figures name it: a list, no queue of BullMQ's. */
export const HANDOVER_QUEUE = 'run-handover';

/** What enrich processes are known as that serve some lanes and leave the stage’s queue to others. */
export const LANE_WORKERS = 'enrich-lanes';

/** Where a company's walk goes on: in a cap's lane, or, for `null`, in the queue of the stage. */
export function walkQueue(lane: string | null): string {
  return lane === null ? STAGES.enrich.queue : laneQueue(lane);
}
