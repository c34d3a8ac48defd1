import {
  Agent,
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const LOOK_EVERY_MS = 100;

interface Backend {
  url: string;
  ready: boolean;
}

/** A load balancer as small as they come: requests go round the processes that say they are ready; connections are kept. */
export class ReadyBalancer {
  /** Requests that found their process gone and could be sent to another: nothing of them had been read. */
  retried = 0;
  /** Requests and answers that broke off where nobody may repeat them. */
  readonly broken: string[] = [];
  private readonly backends = new Map<string, Backend>();
  private readonly agent = new Agent({ keepAlive: true });
  private turn = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly looking: NodeJS.Timeout,
  ) {}

  static async start(): Promise<ReadyBalancer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const looking = setInterval(() => void balancer.look(), LOOK_EVERY_MS);
    const balancer: ReadyBalancer = new ReadyBalancer(server, `http://127.0.0.1:${port}`, looking);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void balancer.forward(request, response);
    });
    return balancer;
  }

  add(url: string): void {
    this.backends.set(url, { url, ready: false });
  }

  remove(url: string): void {
    this.backends.delete(url);
  }

  isServing(url: string): boolean {
    return this.backends.get(url)?.ready ?? false;
  }

  close(): void {
    clearInterval(this.looking);
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
  }

  private async look(): Promise<void> {
    await Promise.all(
      [...this.backends.values()].map(async (backend) => {
        backend.ready = await fetch(`${backend.url}/health/ready`)
          .then(async (response) => {
            await response.text();
            return response.status === 200;
          })
          .catch(() => false);
      }),
    );
  }

  private async forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const outcome = await this.send(request, body, response);
      if (outcome === 'sent') return;
      this.retried += 1;
    }
    this.broken.push(`${request.method} ${request.url}: no process took it`);
    response.writeHead(502).end();
  }

  private next(): Backend | undefined {
    const ready = [...this.backends.values()].filter((backend) => backend.ready);
    this.turn += 1;
    return ready[this.turn % ready.length];
  }

  private send(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<'sent' | 'not taken'> {
    const backend = this.next();
    if (!backend) return Promise.resolve('not taken');
    const { method, url, headers } = request;
    return new Promise((resolve) => {
      const sent = ask(`${backend.url}${url}`, { method, headers, agent: this.agent });
      const what = `${method} ${url}`;
      response.on('close', () => {
        // Its connection may serve the next request by now.
        if (!response.writableFinished) sent.destroy();
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // Refused, or a kept connection that was closed as it was used again: no process has seen the request.
        const untaken = error.code === 'ECONNREFUSED' || (sent.reusedSocket && error.code === 'ECONNRESET');
        if (untaken && !response.headersSent) {
          resolve('not taken');
          return;
        }
        if (!response.closed) this.broken.push(`${what}: ${error.message}`);
        response.destroy();
        resolve('sent');
      });
      sent.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.on('error', () => {
          if (!response.closed) this.broken.push(`${what}: the answer broke off`);
          response.destroy();
        });
        answer.pipe(response);
        resolve('sent');
      });
      sent.end(body);
    });
  }
}
