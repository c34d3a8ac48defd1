import { setTimeout as delay } from 'node:timers/promises';
import { appError, TERMINAL_RUN_STATES, type RunEvent, type RunState } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { isRedisOutage, type CellKeys, type RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';
import type { RunRepository } from '../run.repository';
import { StreamReader } from './stream-reader';
import { WatchedRun } from './watched-run';

export interface RunEventFeedOptions {
  blocking: RedisClient;
  redis: RedisClient;
  keys: CellKeys;
  runs: RunRepository;
  /** Names this process among the readers of the cell. */
  reader: string;
  onError: (error: Error) => void;
}

/** How far a run's stream goes. */
export interface RunStanding {
  state: RunState;
  lastEventId: number;
}

/** What is not in the piece read last comes in pages, so that a client who takes little holds little of our memory. */
const PAGE = 50;
const OUTAGE_RETRY_MS = 500;

/** The events of runs as they happen, for any number of followers, over one blocking connection of the process. */
export class RunEventFeed {
  private readonly reader: StreamReader;
  private readonly closing = new AbortController();

  constructor(private readonly options: RunEventFeedOptions) {
    const { blocking, redis, keys, reader, onError } = options;
    this.reader = new StreamReader({ blocking, redis, wakeKey: keys.eventReaderWake(reader), onError });
  }

  /** How many runs are watched at the moment. */
  get watching(): number {
    return this.reader.size;
  }

  /** The run's state and its last event; throws `run_not_found`. */
  async standing(run: RunRef): Promise<RunStanding> {
    const { redis, keys } = this.options;
    const [state, last] = await redis.hmget(keys.run(run.tenantId, run.runId), 'state', 'event_seq');
    if (typeof state !== 'string')
      throw appError('run_not_found', `there is no run ${run.runId} for this tenant`);
    return { state: state as RunState, lastEventId: Number(last) };
  }

  /**
   * The run's events after `afterId` (0: all), in order and without a gap, in pieces, as they happen: through any outage of
   * Redis, until the event that ended the run has been handed out and none follows it, the signal fires, or the feed closes.
   * A run that ended before is handed out the same way. Reads on only when asked for the next piece.
   */
  async *follow(run: RunRef, afterId: number, signal: AbortSignal): AsyncGenerator<RunEvent[], void, void> {
    const stop = AbortSignal.any([signal, this.closing.signal]);
    const watched = await this.watch(run);
    try {
      let last = afterId;
      let ended = await this.endedAt(run, afterId);
      while (!stop.aborted) {
        const events = await this.readAfter(watched, run, last, stop);
        const newest = events.at(-1);
        if (newest) {
          last = newest.id;
          ended = isTerminal(newest.state);
          yield events;
        } else if (ended) {
          return;
        } else {
          await watched.past(last, stop);
        }
      }
    } finally {
      this.leave(watched);
    }
  }

  /**
   * Waits until the run has an event after `afterId`: true; false if the signal fired (say, `AbortSignal.timeout`) or the
   * process is about to stop. Takes no connection of its own.
   */
  async untilEvent(run: RunRef, afterId: number, signal: AbortSignal): Promise<boolean> {
    const watched = await this.watch(run);
    try {
      await watched.past(afterId, AbortSignal.any([signal, this.closing.signal]));
      return watched.position > afterId;
    } finally {
      this.leave(watched);
    }
  }

  /** Lets go of everybody who follows or waits, and of the connection. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.reader.close();
  }

  private async watch(run: RunRef): Promise<WatchedRun> {
    const key = this.options.keys.events(run.tenantId, run.runId);
    const known = this.reader.find(key);
    if (known) return hold(known);
    const { lastEventId } = await this.standing(run);
    // Another follower may have come meanwhile.
    const met = this.reader.find(key);
    if (met) return hold(met);
    const watched = new WatchedRun(key, lastEventId);
    this.reader.add(watched);
    return hold(watched);
  }

  private leave(watched: WatchedRun): void {
    watched.watchers -= 1;
    if (watched.watchers === 0) this.reader.remove(watched);
  }

  private async endedAt(run: RunRef, id: number): Promise<boolean> {
    const { state, lastEventId } = await this.standing(run);
    return isTerminal(state) && lastEventId <= id;
  }

  private async readAfter(
    watched: WatchedRun,
    run: RunRef,
    last: number,
    signal: AbortSignal,
  ): Promise<RunEvent[]> {
    const read = watched.continuation(last);
    if (read) return read;
    while (!signal.aborted) {
      try {
        const events = await this.options.runs.events(run, last, PAGE);
        if (events[0] && events[0].id !== last + 1) this.reportGap(run, last, events[0].id);
        return events;
      } catch (error) {
        if (!isRedisOutage(toError(error))) throw error;
        await delay(OUTAGE_RETRY_MS);
      }
    }
    return [];
  }

  /** The stream itself lacks events: nothing to re-read, so what there is goes out and somebody hears of it. */
  private reportGap(run: RunRef, last: number, next: number): void {
    this.options.onError(new Error(`the events of run ${run.runId} jump from ${last} to ${next}`));
  }
}

function hold(watched: WatchedRun): WatchedRun {
  watched.watchers += 1;
  return watched;
}

function isTerminal(state: string): boolean {
  return TERMINAL_RUN_STATES.includes(state as RunState);
}
