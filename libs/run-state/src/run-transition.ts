import type { Phase, RunEventType, RunRecord, RunSource, RunState } from '#libs/contracts';
import type { CellKeys } from '#libs/redis';
import type { RunRef } from './run-ref';

export interface TransitionDetails {
  event: RunEventType;
  message: string;
  phase?: Phase;
  /** Only if the run is paused for this reason; else nothing happens. */
  ifPausedFor?: 'person' | 'vendor_cap';
  /** Fields of the run's hash to store in the same step. */
  fields?: Readonly<Record<string, string | number>>;
}

export type PauseReason = NonNullable<RunRecord['pause_reason']>;

/** Called once per transition that happened, whatever surface or worker caused it: the one place that logs runs. */
export type TransitionListener = (transition: {
  run: RunRef;
  from: RunState;
  to: RunState;
  event: RunEventType;
  message: string;
  threadId: string;
  source: RunSource;
  /** Since the run was created. */
  durationMs: number;
  /** Of a pause. */
  pauseReason?: PauseReason;
  /** The span that accepted the run, see `RunTraces`. */
  traceparent?: string;
}) => void;

/** What is counted of a transition. */
export type CountedTransition = Pick<
  Parameters<TransitionListener>[0],
  'to' | 'event' | 'source' | 'durationMs' | 'pauseReason'
>;

/** Keys 1 to 5 of a script that moves a run. */
export function transitionKeys(keys: CellKeys, { tenantId, runId }: RunRef): string[] {
  return [
    keys.run(tenantId, runId),
    keys.events(tenantId, runId),
    keys.fence(tenantId, runId),
    keys.activeRuns(),
    keys.tenantActiveRuns(tenantId),
  ];
}
