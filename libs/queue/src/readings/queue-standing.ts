/** What stands of a job that waits or is in a worker's hand; ms since 1970. */
export interface JobTimes {
  id: string;
  addedMs: number;
  /** Delay it was added with, gone when that is over. */
  delayMs: number;
  /** When a worker last took it; null: none has. */
  startedMs: number | null;
}

/** One queue at one moment, as Redis has it. */
export interface QueueSnapshot {
  queue: string;
  /** By Redis's clock. */
  nowMs: number;
  /** Jobs that a worker could take if the queue were open. */
  ready: number;
  /** A cap keeps it shut, or a person has paused it. */
  isClosed: boolean;
  /** Those next in line, a few. */
  next: readonly JobTimes[];
  /** Those that have been in hand for longest, a few. */
  active: readonly JobTimes[];
}

export interface QueueStanding {
  queue: string;
  runnable: number;
  isClosed: boolean;
  oldestWaitingMs: number;
  oldestActiveMs: number;
}

/**
 * How queues stand, told from one snapshot after another. When a job became ready again Redis does not tell: of one that was given
 * back, or is a parent that waited for its children, it is when it was first seen to wait; and a queue that was closed is
 * served from when it was last seen so.
 */
export class QueueStandings {
  private seen = new Map<string, number>();
  private readonly closedAt = new Map<string, number>();

  /** Of all queues at once: what is not in it any more is forgotten. `parents`: queues whose jobs wait for children first. */
  tell(snapshots: readonly QueueSnapshot[], parents: ReadonlySet<string>): QueueStanding[] {
    const seen = new Map<string, number>();
    const standings = snapshots.map((snapshot) => {
      const { queue, nowMs, ready, isClosed, next, active } = snapshot;
      if (isClosed) this.closedAt.set(queue, nowMs);
      const readySince = next.map((job) => this.readySince(job, snapshot, parents.has(queue), seen));
      const waiting = oldest(nowMs, readySince);
      const open = nowMs - (this.closedAt.get(queue) ?? Number.NEGATIVE_INFINITY);
      return {
        queue,
        runnable: isClosed ? 0 : ready,
        isClosed,
        oldestWaitingMs: isClosed ? 0 : Math.min(waiting, open),
        oldestActiveMs: oldest(
          nowMs,
          active.map(({ startedMs, addedMs }) => startedMs ?? addedMs),
        ),
      };
    });
    this.seen = seen;
    return standings;
  }

  private readySince(
    job: JobTimes,
    { queue, nowMs }: QueueSnapshot,
    isParent: boolean,
    seen: Map<string, number>,
  ): number {
    const key = `${queue}/${job.id}`;
    const firstSeen = this.seen.get(key) ?? nowMs;
    seen.set(key, firstSeen);
    if (job.startedMs === null && !isParent) return job.addedMs + job.delayMs;
    return Math.max(firstSeen, job.startedMs ?? job.addedMs);
  }
}

/** How long ago the earliest was; 0 for none, and for what another clock puts into the future. */
function oldest(nowMs: number, times: readonly number[]): number {
  return Math.max(0, ...times.map((at) => nowMs - at));
}
