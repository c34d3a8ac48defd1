import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeSpans, type ReceivedSpan } from './decode-spans';

export interface TraceRequest {
  path: string;
  headers: IncomingMessage['headers'];
  /** As it came. */
  body: Buffer;
}

/** A receiver of traces (OTLP over HTTP, protobuf), really listening on loopback. */
export interface TraceReceiver {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly requests: TraceRequest[];
  /** All that have arrived, in the order of their arrival. */
  readonly spans: ReceivedSpan[];
  /** From now on requests are answered with this status, or not at all. */
  answer(how: number | 'never'): void;
  close(): Promise<void>;
}

const PROTOBUF = 'application/x-protobuf';

export async function startTraceReceiver(): Promise<TraceReceiver> {
  const requests: TraceRequest[] = [];
  const spans: ReceivedSpan[] = [];
  let how: number | 'never' = 200;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { url: path = '', headers } = request;
    const body = Buffer.concat(pieces);
    requests.push({ path, headers, body });
    if (how === 'never') return;
    const isProtobuf = headers['content-type'] === PROTOBUF;
    if (how === 200 && isProtobuf) spans.push(...decodeSpans(body));
    response.writeHead(isProtobuf ? how : 415, { 'content-type': PROTOBUF }).end();
  };
  const server = createServer((request, response) => {
    // A sender that was killed in mid-message is no fault of the receiver's.
    receive(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    spans,
    answer: (next) => (how = next),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
