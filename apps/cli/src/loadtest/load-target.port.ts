import type { RunOutput, RunState } from '#libs/contracts';
import type { LoadPayload } from './load-payload.schema';

/** How one run of a load test went, as its caller saw it. */
export interface LoadedRun {
  runId: string;
  /** Still `running`, `queued` or `paused`: its time was over. */
  state: RunState;
  /** From being accepted to the first worker's taking it, ms; null if none did. */
  queuedMs: number | null;
  output: RunOutput | null;
  /** Hash of its leads' content; null where it left none. */
  leadsDigest: string | null;
  message: string;
}

/** Where a load test's runs are started and awaited. */
export interface LoadTarget {
  /** Starts the run and waits for its end, until `signal` aborts. Throws what kept it from being started or seen. */
  run(payload: LoadPayload, iteration: number, signal: AbortSignal): Promise<LoadedRun>;
  close(): Promise<void>;
}
