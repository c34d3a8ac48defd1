import type { RunSource } from '#libs/contracts';
import type { RunSnapshot } from '../run-snapshots';
import { ACCEPTED, type CreatedRun } from './created-run';

/**
 * A run as it was the moment it was accepted, from what its creation answers: what a client is told, also when it asks again
 * under the same idempotency key, without reading the run.
 */
export function acceptedSnapshot(run: CreatedRun, source: RunSource): Omit<RunSnapshot, 'version'> {
  const { createdAt } = run;
  return {
    run: {
      run_id: run.runId,
      thread_id: run.threadId,
      source,
      state: 'queued',
      pause_reason: null,
      status: { ...ACCEPTED, updated_at: createdAt },
      problem: null,
      created_at: createdAt,
      started_at: null,
      finished_at: null,
      counters: { candidates: 0, done: 0, failed: 0 },
    },
    output: null,
    events: [{ id: 1, type: 'run_accepted', at: createdAt, state: 'queued', ...ACCEPTED }],
  };
}
