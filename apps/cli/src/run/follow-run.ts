import { setTimeout as delay } from 'node:timers/promises';
import { TERMINAL_RUN_STATES, type RunEvent, type RunRecord } from '#libs/contracts';
import type { RunRef, RunRepository } from '#libs/run-state';

export interface FollowListener {
  event(event: RunEvent): void;
  /** Nothing new for 15 s: the run is alive and still where it was. */
  heartbeat(run: RunRecord): void;
}

const POLL_MS = 150;
const HEARTBEAT_MS = 15_000;

/**
 * Reports a run's events until it ends or `signal` aborts; answers its last record.
 * Reads the durable stream, so nothing is missed however late it starts.
 */
export async function followRun(
  runs: RunRepository,
  run: RunRef,
  listener: FollowListener,
  signal: AbortSignal,
): Promise<RunRecord> {
  let lastId = 0;
  let lastWord = performance.now();
  for (;;) {
    // State first: an event written between the two reads is then reported by this round or the next.
    const state = await runs.state(run);
    for (const event of await runs.events(run, lastId)) {
      listener.event(event);
      lastId = event.id;
      lastWord = performance.now();
    }
    const ended = state === undefined || TERMINAL_RUN_STATES.includes(state);
    if (ended || signal.aborted) return runs.get(run);
    if (performance.now() - lastWord > HEARTBEAT_MS) {
      listener.heartbeat(await runs.get(run));
      lastWord = performance.now();
    }
    await delay(POLL_MS, undefined, { signal }).catch((error: unknown) => {
      // Aborted while waiting: the next round reports what there is and returns.
      if (!signal.aborted) throw error;
    });
  }
}
