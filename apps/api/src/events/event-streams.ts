import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { EventStream, type ServedEvents, type StreamTiming } from './event-stream';

/** How long the last bytes may take to leave when the process stops. */
const CLOSE_MS = 2_000;

/** All event streams of this process. */
export class EventStreams {
  private readonly open = new Set<EventStream>();
  private closing = false;

  constructor(
    private readonly max: number,
    private readonly timing: StreamTiming,
  ) {}

  get size(): number {
    return this.open.size;
  }

  /** Serves one client until its stream ends. Throws `too_many_streams` before anything is written. */
  async serve(response: ServerResponse, events: ServedEvents): Promise<void> {
    if (this.closing || this.open.size >= this.max) {
      throw appError(
        'too_many_streams',
        'this process has no room for another stream of events; try again shortly',
      );
    }
    const stream = new EventStream(response, this.timing);
    this.open.add(stream);
    try {
      await stream.serve(events);
    } finally {
      this.open.delete(stream);
    }
  }

  /** Tells every client to reconnect, and waits until they have heard; who does not listen is dropped. Takes no more. */
  async close(): Promise<void> {
    this.closing = true;
    const streams = [...this.open];
    for (const stream of streams) stream.reconnectElsewhere();
    const gone = Promise.all(streams.map((stream) => stream.gone));
    await Promise.race([gone, delay(CLOSE_MS, undefined, { ref: false })]);
    for (const stream of streams) stream.drop();
  }
}
