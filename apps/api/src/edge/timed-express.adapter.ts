import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Request, Response } from 'express';

export interface ServerTimeouts {
  headersTimeoutMs: number;
  /** Until a request has arrived whole. Node has one for all, so it is that of uploads; `limitBodyTime` holds others to less. */
  requestTimeoutMs: number;
}

/** Node looks for requests that take too long this often; by default twice a minute, which would let each have 30 s more. */
const LOOK_EVERY_MS = 500;
const JSON_TYPE = 'application/json; charset=utf-8';

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

  /**
   * Sends a view as the JSON it is. Express works out the type, the length and whether the client has it already, for any body
   * there may be; all that is left to it where there is more to it than this.
   */
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isPlain(body) || response.hasHeader('content-type') || isConditional(response.req)) {
      return super.reply(response, body, statusCode) as unknown;
    }
    const text = JSON.stringify(body);
    if (statusCode !== undefined) response.statusCode = statusCode;
    response.setHeader('content-type', JSON_TYPE);
    response.setHeader('content-length', Buffer.byteLength(text));
    return response.end(text);
  }
}

function isPlain(body: unknown): body is object {
  return typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

function isConditional({ headers }: Request): boolean {
  return headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined;
}
