import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery, HttpAnswer } from './delivery';

/** Slow enough that no limit on silence ever notices. */
const DRIP_EVERY_MS = 500;
const HUGE_CHUNK = Buffer.alloc(65_536, 'a');
/** More than any client should take, less than would fill a disk by accident. */
const HUGE_BYTES = 1_073_741_824;

/** Sends an answer as planned. Ends early, without a word, when the client has gone. */
export async function deliver(response: ServerResponse, delivery: Delivery): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    if (delivery.delayMs > 0) await delay(delivery.delayMs, undefined, { signal: gone.signal });
    switch (delivery.kind) {
      case 'whole':
        respond(response, delivery.answer);
        return;
      case 'drip':
        await pipeline(
          Readable.from(dripping(delivery.answer, gone.signal)),
          begin(response, delivery.answer),
        );
        return;
      case 'huge':
        await pipeline(Readable.from(endless()), begin(response, delivery.answer));
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'silence':
        return;
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    delivery.hungUp?.();
  }
}

function respond(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function begin(response: ServerResponse, { status, headers }: HttpAnswer): ServerResponse {
  response.writeHead(status, headers).flushHeaders();
  return response;
}

async function* dripping({ body }: HttpAnswer, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(body)) {
    yield Buffer.from([byte]);
    await delay(DRIP_EVERY_MS, undefined, { signal });
  }
}

function* endless(): Generator<Buffer> {
  yield Buffer.from('{"padding":"');
  for (let sent = 0; sent < HUGE_BYTES; sent += HUGE_CHUNK.length) yield HUGE_CHUNK;
  yield Buffer.from('"}');
}
