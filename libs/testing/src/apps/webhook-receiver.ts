import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  headers: IncomingMessage['headers'];
  body: string;
}

/** How the receiver answers a message: a status, with headers and a body if need be, or not at all. */
export type WebhookAnswer =
  number | { status: number; headers?: Readonly<Record<string, string>>; body?: string } | 'never';

/** A receiver of webhooks, over real HTTP on loopback. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly received: ReceivedWebhook[];
  /** The next messages are answered so, in turn; after them with 204. */
  answerNext(...answers: WebhookAnswer[]): void;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers: WebhookAnswer[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
    const answer = answers.shift() ?? 204;
    if (answer === 'never') return;
    const { status, headers = {}, body } = typeof answer === 'number' ? { status: answer } : answer;
    response.writeHead(status, headers).end(body);
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
    received,
    answerNext: (...next) => answers.push(...next),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
