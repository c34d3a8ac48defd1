import type { RunEvent } from '#libs/contracts';
import { runEventOf, sequenceOf, type EventEntry } from './run-event';

/** A run whose stream this process reads: how far it has read, the piece read last, and who waits for more. */
export class WatchedRun {
  /** Who holds it; the feed stops reading it when the last one has left. */
  watchers = 0;
  private piece: readonly EventEntry[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly key: string,
    /** Sequence of the last event read; whatever comes after it will be read. */
    public position: number,
  ) {}

  /** Takes the next piece of the stream and wakes everybody who waits. */
  take(entries: readonly EventEntry[]): void {
    const last = entries.at(-1);
    if (!last) return;
    this.piece = entries;
    this.position = sequenceOf(last);
    for (const wake of [...this.waiting]) wake();
  }

  /** The events after `id`, if the piece read last continues there; undefined: they must be read from the stream. */
  continuation(id: number): RunEvent[] | undefined {
    if (this.position <= id) return [];
    const [first] = this.piece;
    if (!first || sequenceOf(first) > id + 1) return undefined;
    return this.piece.filter((entry) => sequenceOf(entry) > id).map(runEventOf);
  }

  /** Resolves when the stream was read past `id`, or the signal fires. */
  past(id: number, signal: AbortSignal): Promise<void> {
    if (this.position > id || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
