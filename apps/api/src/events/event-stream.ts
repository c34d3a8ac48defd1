import type { ServerResponse } from 'node:http';
import type { RunEvent } from '#libs/contracts';
import type { RunEventView } from './run-event.view';

/** How one client's stream is kept, ms. */
export interface StreamTiming {
  /** A comment this often, so that proxies keep the connection and a dead one is noticed. */
  heartbeatMs: number;
  /** A client that takes nothing of what is sent for so long is dropped; it resumes by id. */
  stalledMs: number;
  /** The caller's key is looked at again this often. */
  recheckMs: number;
  /**
   * Then the client is told to reconnect: a peer that vanished without a word (the system would wait a quarter of an hour for
   * it) is gone by then, too, and clients spread over the processes again.
   */
  lifetimeMs: number;
}

export const STREAM_TIMING: StreamTiming = {
  heartbeatMs: 15_000,
  stalledMs: 30_000,
  recheckMs: 30_000,
  lifetimeMs: 15 * 60_000,
};

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would collect the events.
  'x-accel-buffering': 'no',
} as const;

/** Wait of a client before it reconnects: long enough that a restart is not a storm, and not the same for all. */
const RETRY_MS_MIN = 500;
const RETRY_MS_SPREAD = 1_500;

export interface ServedEvents {
  /** Follows the run until the signal fires. */
  follow: (signal: AbortSignal) => AsyncIterable<readonly RunEvent[]>;
  view: (event: RunEvent) => RunEventView;
  /** False once the caller may no longer see this run; may throw when that cannot be found out now. */
  isStillAllowed: () => Promise<boolean>;
}

/**
 * One client's stream. What the client has not taken is never more than one piece of events and what the system holds of its
 * socket: the run is read on only when the last piece has left.
 */
export class EventStream {
  private readonly ending = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private takenAt = performance.now();
  /** Resolves when nothing of the answer is left in this process. */
  readonly gone: Promise<void>;

  constructor(
    private readonly response: ServerResponse,
    private readonly timing: StreamTiming,
  ) {
    this.gone = new Promise((resolve) => {
      response.on('close', resolve);
    });
  }

  /** Sends events until the run has ended, the client has left, or `reconnectElsewhere`; throws what following throws. */
  async serve({ follow, view, isStillAllowed }: ServedEvents): Promise<void> {
    const { response } = this;
    response.on('close', () => this.ending.abort());
    this.watchOver(isStillAllowed);
    try {
      response.writeHead(200, STREAM_HEADERS);
      await this.send(retryLine());
      for await (const events of follow(this.ending.signal)) {
        await this.send(events.map((event) => frameOf(view(event))).join(''));
        if (this.ending.signal.aborted) break;
      }
      response.end();
    } catch (error) {
      this.drop();
      throw error;
    } finally {
      for (const timer of this.timers) clearInterval(timer);
    }
  }

  /** Ends the stream so that the client opens it again, at another process perhaps, from the id it has. */
  reconnectElsewhere(): void {
    this.endWith(retryLine());
  }

  /** Breaks the connection off. */
  drop(): void {
    // First: what waits for the socket is told at once, and must not read on.
    this.ending.abort();
    this.response.destroy();
  }

  /** Writes, and waits until the system has taken it all from us, or the stream ends. */
  private send(text: string): Promise<void> {
    const { signal } = this.ending;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.takenAt = performance.now();
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.response.write(text, (error) => {
        if (error) this.ending.abort();
        done();
      });
    });
  }

  private watchOver(isStillAllowed: () => Promise<boolean>): void {
    const { heartbeatMs, recheckMs, lifetimeMs } = this.timing;
    this.timers.push(
      setInterval(() => this.beat(), heartbeatMs),
      setInterval(() => void this.recheck(isStillAllowed), recheckMs),
      setTimeout(() => this.reconnectElsewhere(), lifetimeMs * (0.9 + Math.random() / 5)),
    );
  }

  private beat(): void {
    if (this.response.writableLength === 0) {
      this.takenAt = performance.now();
      this.response.write(': heartbeat\n\n');
    } else if (performance.now() - this.takenAt > this.timing.stalledMs) {
      this.drop();
    }
  }

  private async recheck(isStillAllowed: () => Promise<boolean>): Promise<void> {
    let allowed: boolean;
    try {
      allowed = await isStillAllowed();
    } catch {
      // It cannot be found out while Redis is away, and nothing is sent meanwhile; the next look will tell.
      return;
    }
    if (!allowed) this.endWith(': the key is no longer valid\n\n');
  }

  private endWith(text: string): void {
    // It may have ended by itself meanwhile, and a write after that is an error nobody would catch.
    if (this.ending.signal.aborted || this.response.writableEnded) return;
    this.response.write(text);
    this.ending.abort();
  }
}

/** `id` is what the client hands back as `Last-Event-ID`. */
function frameOf(event: RunEventView): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function retryLine(): string {
  return `retry: ${Math.round(RETRY_MS_MIN + Math.random() * RETRY_MS_SPREAD)}\n\n`;
}
