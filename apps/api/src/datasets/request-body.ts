import { once } from 'node:events';
import type { Request } from 'express';
import { appError } from '#libs/contracts';
import { tooLarge } from '#libs/datasets';

export interface BodyLimits {
  bytesMax: number;
  /** The longest time in which nothing comes. */
  idleMs: number;
  /** The longest time in all. */
  totalMs: number;
}

/** Of a body that is refused, so much is still read, so that its sender comes to reading the answer. */
const DISCARDED = { bytes: 8 * 1024 * 1024, ms: 1_000 };

/**
 * A request's body as it comes: nothing is read before it is asked for, so a slow reader slows the sender. The time that
 * its reader takes does not count. Throws `dataset_too_large`, `request_timeout`, and `invalid_request` when the sender
 * has gone.
 */
export async function* requestBody(request: Request, limits: BodyLimits): AsyncGenerator<Buffer> {
  // Ending the iteration must not end the connection: the answer is still to be sent.
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  const endsAt = performance.now() + limits.totalMs;
  let bytes = 0;
  let waiting = false;
  try {
    for (;;) {
      const patienceMs = Math.min(limits.idleMs, endsAt - performance.now());
      waiting = true;
      const next = await within(patienceMs, chunks.next());
      waiting = false;
      if (next.done === true) return;
      bytes += next.value.length;
      if (bytes > limits.bytesMax) throw tooLarge(limits.bytesMax);
      yield next.value;
    }
  } finally {
    // Lets go of the request, so that the rest can be discarded; while it still waits, that would wait, too.
    if (!waiting) await chunks.return?.();
  }
}

/** Reads on for a moment and keeps nothing. Harmless after the body's end. */
export async function discardRest(request: Request): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), DISCARDED.ms);
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > DISCARDED.bytes) enough.abort();
  };
  request.on('data', count);
  const ends = ['end', 'close'].map((event) =>
    once(request, event, { signal: enough.signal }).then(
      () => undefined,
      () => undefined,
    ),
  );
  await Promise.race(ends);
  enough.abort();
  clearTimeout(timer);
  request.off('data', count).pause();
}

async function within<T>(ms: number, coming: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(appError('request_timeout', 'the body came too slowly, or stopped coming: send it again')),
      Math.max(0, ms),
    );
  });
  try {
    return await Promise.race([coming.catch(senderGone), late]);
  } finally {
    clearTimeout(timer);
  }
}

function senderGone(cause: unknown): never {
  throw appError('invalid_request', 'the connection ended before the body did', { cause });
}
