import type { RunRef } from '#libs/run-state';
import type { SuppressionSubject } from '#libs/vendor-gate';
import type { ReadyPlan } from '../plan-cache';

/** One attempt of one job to walk one company. */
export interface WalkJob {
  run: RunRef;
  companyId: string;
  /** As the company names it. */
  jobId: string;
  epoch: number;
  hop: number;
  /** The cap in whose lane the job waited; null: it comes from the stage's own queue. */
  lane: string | null;
  /** 1 for the first attempt; failed ones of earlier jobs at the same step are counted in. */
  attempt: number;
  plan: ReadyPlan;
  signal: AbortSignal;
}

/** What has happened in this job so far. */
export interface WalkProgress {
  /** Time spent waiting for caps, which no latency budget counts. */
  waitedMs: number;
  /** How long the call at hand had waited in earlier jobs. */
  waitedBeforeMs: number;
  /** The call it waited for in its lane has been made: the lane's next is due. */
  servedByLane: boolean;
  /** The company itself, as a suppression list knows it. Worked out when it is first asked for. */
  subjects: () => readonly SuppressionSubject[];
}
