import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '#libs/kernel';
import type { RedisClient } from '#libs/redis';
import type { EventEntry } from './run-event';
import type { WatchedRun } from './watched-run';

export interface StreamReaderOptions {
  /** A connection of its own, which waits out outages: `eventReaderConnectionOptions`. */
  blocking: RedisClient;
  /** Any other connection: tells a read under way that the set of runs has grown. */
  redis: RedisClient;
  /** Key of this process's wake stream. */
  wakeKey: string;
  onError: (error: Error) => void;
}

/** Longest wait of one read. The wake-up ends it earlier; should that be lost in an outage, this is how long a new run waits. */
export const EVENT_READ_BLOCK_MS = 5_000;
/**
 * Between two reads, for each run watched: a read names them all, so with many it must bring more than one event. A thousand
 * runs are read ten times a second, ten runs as often as they have news.
 */
const GATHER_MS_PER_RUN = 0.1;
const GATHER_MS_MAX = 200;
const ENTRIES_PER_RUN = 200;
const WAKE_TTL_SECONDS = 60;
const AFTER_ERROR_MS = 1_000;

/**
 * The one blocking read of a process: `XREAD BLOCK` over all runs watched, each from where it was read to, and a stream of the
 * process's own that ends the wait when a run is added. An event can not be missed: a read names the last sequence of each
 * run, so whatever was appended between two reads, or during an outage, is in the next one.
 */
export class StreamReader {
  private readonly runs = new Map<string, WatchedRun>();
  private reading: Promise<void> | undefined;
  private wakeId = '0-0';
  /** True while a read without the runs added since is under way and nobody has ended it yet. */
  private asleep = false;
  private closed = false;

  constructor(private readonly options: StreamReaderOptions) {}

  /** How many runs are read. */
  get size(): number {
    return this.runs.size;
  }

  find(key: string): WatchedRun | undefined {
    return this.runs.get(key);
  }

  add(run: WatchedRun): void {
    this.runs.set(run.key, run);
    if (this.closed) return;
    if (this.asleep) this.wake();
    this.reading ??= this.readWhileWatched();
  }

  remove(run: WatchedRun): void {
    this.runs.delete(run.key);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.options.blocking.disconnect();
    await this.reading;
  }

  private async readWhileWatched(): Promise<void> {
    while (this.runs.size > 0 && !this.isClosed()) {
      try {
        if (await this.read()) await delay(Math.min(this.runs.size * GATHER_MS_PER_RUN, GATHER_MS_MAX));
      } catch (error) {
        if (this.isClosed()) break;
        this.options.onError(toError(error));
        await delay(AFTER_ERROR_MS);
      }
    }
    this.reading = undefined;
  }

  /** A method, since it changes while a read is waited for. */
  private isClosed(): boolean {
    return this.closed;
  }

  private async read(): Promise<boolean> {
    const runs = [...this.runs.values()];
    this.asleep = true;
    const pieces = await this.options.blocking.xread(
      'COUNT',
      ENTRIES_PER_RUN,
      'BLOCK',
      EVENT_READ_BLOCK_MS,
      'STREAMS',
      this.options.wakeKey,
      ...runs.map(({ key }) => key),
      this.wakeId,
      ...runs.map(({ position }) => `${position}-0`),
    );
    this.asleep = false;
    for (const [key, entries] of pieces ?? []) this.take(key, entries);
    return pieces !== null;
  }

  private take(key: string, entries: readonly EventEntry[]): void {
    if (key === this.options.wakeKey) this.wakeId = entries.at(-1)?.[0] ?? this.wakeId;
    else this.runs.get(key)?.take(entries);
  }

  private wake(): void {
    this.asleep = false;
    const { redis, wakeKey, onError } = this.options;
    redis
      .multi()
      .xadd(wakeKey, 'MAXLEN', 1, '*', 'wake', '1')
      .expire(wakeKey, WAKE_TTL_SECONDS)
      .exec()
      .catch((error: unknown) => onError(toError(error)));
  }
}
