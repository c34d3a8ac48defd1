import { once } from 'node:events';

/** Writes pieces one after the other, as fast as the reader takes them; stops where `signal` aborts. */
export async function writeAll(
  stream: NodeJS.WritableStream,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const piece of pieces) {
    if (signal.aborted) return;
    if (stream.write(piece)) continue;
    await once(stream, 'drain', { signal }).catch((error: unknown) => {
      // A reader that has left never takes the rest.
      if (!signal.aborted) throw error;
    });
  }
}
