import type { IncomingMessage } from 'node:http';

/** No vendor's request is longer. */
const BODY_BYTES_MAX = 1_000_000;

/** The whole body of a request, or null for one that is too long to read. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
