import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunEvent } from '#libs/contracts';
import { EventConnection, waitUntil } from '#libs/testing';
import type { ServedEvents, StreamTiming } from './event-stream';
import { EventStreams } from './event-streams';
import { runEventView } from './run-event.view';

const PATIENT: StreamTiming = {
  heartbeatMs: 60_000,
  stalledMs: 60_000,
  recheckMs: 60_000,
  lifetimeMs: 600_000,
};
const PATIENCE_MS = 20_000;
const EVENT_BYTES = 10_000;

describe('the streams of one process, over real sockets', () => {
  let server: Server | undefined;
  let streams: EventStreams;
  /** How far the run was read for a client. */
  let readTo = 0;

  afterEach(async () => {
    await streams.close();
    server?.close();
  });

  const event = (id: number): RunEvent => ({
    id,
    type: 'progress',
    at: '2026-11-23T00:00:00.000Z',
    state: 'running',
    phase: 'enrich',
    message: 'x'.repeat(EVENT_BYTES),
  });

  /** A run of `count` events, then of none until the stream ends. */
  async function serve(
    count: number,
    timing: Partial<StreamTiming>,
    isStillAllowed: ServedEvents['isStillAllowed'] = () => Promise.resolve(true),
  ): Promise<string> {
    streams = new EventStreams(10, { ...PATIENT, ...timing });
    server = createServer((request, response) => {
      async function* follow(signal: AbortSignal): AsyncGenerator<RunEvent[]> {
        for (let id = Number(request.headers['last-event-id'] ?? 0) + 1; id <= count; id += 1) {
          readTo = id;
          yield [event(id)];
        }
        if (!signal.aborted) await once(signal, 'abort');
      }
      void streams.serve(response, { follow, isStillAllowed, view: (one) => runEventView('run_1', one) });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  const gone = (): Promise<void> =>
    waitUntil(() => streams.size === 0, { timeoutMs: PATIENCE_MS, what: 'the stream is gone' });

  it('reads on for a client only as that client takes, drops one that takes nothing, and lets it resume by id', async () => {
    const count = 3_000;
    const url = await serve(count, { heartbeatMs: 20, stalledMs: 1_000 });
    const slow = await EventConnection.open(url);
    slow.pause();
    await gone();
    // Not the run's 30 MB: what the system holds of two sockets, and one piece.
    expect(readTo).toBeLessThan(count);
    const stopped = readTo;
    slow.resume();
    expect(await slow.ended).toBe('broken');
    const last = slow.ids.at(-1) ?? 0;
    expect(last).toBeLessThanOrEqual(stopped);
    const again = await EventConnection.open(url, { lastEventId: last });
    await waitUntil(() => again.ids.at(-1) === count, { timeoutMs: PATIENCE_MS, what: 'all has come' });
    expect([...slow.ids, ...again.ids]).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    again.destroy();
    await gone();
  });

  it('does not wait for a client that takes nothing when the process stops', async () => {
    const url = await serve(3_000, {});
    const slow = await EventConnection.open(url);
    slow.pause();
    // It has read on as far as the system takes it, and no further.
    let before = -1;
    await waitUntil(
      () => {
        const stands = readTo === before && readTo > 1;
        before = readTo;
        return stands;
      },
      { timeoutMs: PATIENCE_MS, what: 'the client’s buffers are full' },
    );
    await streams.close();
    slow.resume();
    expect(await slow.ended).toBe('broken');
    await gone();
  });

  it('sends a heartbeat while nothing happens', async () => {
    const client = await EventConnection.open(await serve(1, { heartbeatMs: 20 }));
    await waitUntil(() => client.heartbeats >= 3, { timeoutMs: PATIENCE_MS, what: 'three heartbeats' });
    expect(client.ids).toEqual([1]);
  });

  it('ends the stream of a key that is no longer valid, and not while that cannot be found out', async () => {
    let look = 0;
    const url = await serve(1, { recheckMs: 20 }, () => {
      look += 1;
      if (look === 2) return Promise.reject(new Error('Connection is closed.'));
      return Promise.resolve(look < 4);
    });
    const client = await EventConnection.open(url);
    expect(await client.ended).toBe('closed');
    expect(look).toBe(4);
    await gone();
  });

  it('asks every client to come again after a while, which also ends connections whose other end has vanished', async () => {
    const client = await EventConnection.open(await serve(2, { lifetimeMs: 100 }));
    expect(await client.ended).toBe('closed');
    expect(client.ids).toEqual([1, 2]);
    expect(client.retryMs).toBeGreaterThan(0);
    await gone();
  });
});
