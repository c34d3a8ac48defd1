import { setTimeout as delay } from 'node:timers/promises';
import { TERMINAL_RUN_STATES, type RunEvent, type RunRecord } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { isRedisOutage } from '#libs/redis';
import type { RunRef, RunRepository } from '#libs/run-state';

export interface FollowListener {
  event(event: RunEvent): void;
  /** Nothing new for 15 s: the run is alive and still where it was. */
  heartbeat(run: RunRecord): void;
}

/** What following needs of the runs. */
export type FollowedRuns = Pick<RunRepository, 'state' | 'events' | 'get'>;

const POLL_MS = 150;
const HEARTBEAT_MS = 15_000;
/** Workers ride out an outage of Redis; who only watches gives it up later than a restart or a failover takes. */
const OUTAGE_MS_MAX = 30_000;
/** Events read in one round trip. */
const PAGE = 500;

/**
 * Reports a run's events after `afterId` until it ends or `signal` aborts; answers its last record.
 * Reads the durable stream, so nothing is missed however late it starts. An outage of Redis is waited out for 30 s.
 */
export async function followRun(
  runs: FollowedRuns,
  run: RunRef,
  listener: FollowListener,
  signal: AbortSignal,
  afterId = 0,
): Promise<RunRecord> {
  const told = { lastId: afterId, at: performance.now() };
  let outageSince: number | undefined;
  for (;;) {
    try {
      const ended = await report(runs, run, listener, told);
      outageSince = undefined;
      if (ended || signal.aborted) return await runs.get(run);
    } catch (thrown) {
      outageSince ??= performance.now();
      const tooLong = performance.now() - outageSince > OUTAGE_MS_MAX;
      if (tooLong || signal.aborted || !isRedisOutage(toError(thrown))) throw thrown;
    }
    await delay(POLL_MS, undefined, { signal }).catch((error: unknown) => {
      // Aborted while waiting: the next round reports what there is and returns.
      if (!signal.aborted) throw error;
    });
  }
}

/** The events there are after `afterId`, oldest first, however many: a run of weeks has thousands. */
export async function* eventsAfter(
  runs: Pick<RunRepository, 'events'>,
  run: RunRef,
  afterId: number,
): AsyncGenerator<RunEvent> {
  for (let last = afterId; ;) {
    const page = await runs.events(run, last, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1)?.id ?? last;
  }
}

/** Tells what is new, or that there is nothing; answers whether the run has ended. */
async function report(
  runs: FollowedRuns,
  run: RunRef,
  listener: FollowListener,
  told: { lastId: number; at: number },
): Promise<boolean> {
  // State first: an event written between the two reads is then reported by this round or the next.
  const state = await runs.state(run);
  for await (const event of eventsAfter(runs, run, told.lastId)) {
    listener.event(event);
    told.lastId = event.id;
    told.at = performance.now();
  }
  if (state === undefined || TERMINAL_RUN_STATES.includes(state)) return true;
  if (performance.now() - told.at > HEARTBEAT_MS) {
    listener.heartbeat(await runs.get(run));
    told.at = performance.now();
  }
  return false;
}
