import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';

export interface ServerTimeouts {
  headersTimeoutMs: number;
  /** Until a request has arrived whole. Node has one for all, so it is that of uploads; `limitBodyTime` holds others to less. */
  requestTimeoutMs: number;
}

/** Node looks for requests that take too long this often; by default twice a minute, which would let each have 30 s more. */
const LOOK_EVERY_MS = 500;

/** Express under Nest, whose server lets no client keep it waiting for a request (slow-loris). Answers may take any time. */
export class TimedExpressAdapter extends ExpressAdapter {
  constructor(private readonly timeouts: ServerTimeouts) {
    super();
  }

  override initHttpServer(): void {
    const { headersTimeoutMs, requestTimeoutMs } = this.timeouts;
    this.httpServer = createServer(
      {
        headersTimeout: headersTimeoutMs,
        requestTimeout: Math.max(headersTimeoutMs, requestTimeoutMs),
        connectionsCheckingInterval: LOOK_EVERY_MS,
      },
      this.getInstance(),
    );
  }
}
