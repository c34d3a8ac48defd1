import type { RunRef } from '#libs/run-state';
import type { ReadyPlan } from '../plan-cache';

/** One attempt to walk one company. */
export interface WalkJob {
  run: RunRef;
  companyId: string;
  /** Part of every call id of this walk. */
  jobId: string;
  /** 1 for the first attempt. */
  attempt: number;
  plan: ReadyPlan;
  signal: AbortSignal;
}

/** Time a walk has spent waiting for caps, which no latency budget counts. */
export interface WaitClock {
  waitedMs: number;
}
