import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';

type HeadersMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Sets the headers that a middleware sets, for one whose headers do not depend on the request: it is asked once, and not again
 * for every answer. `more` are set with them.
 */
export function fixedHeaders(
  middleware: HeadersMiddleware,
  more: Readonly<Record<string, string>>,
): RequestHandler {
  const probe = new ServerResponse(new IncomingMessage(new Socket()));
  middleware(probe.req, probe, () => undefined);
  const headers = Object.entries({ ...probe.getHeaders(), ...more } as Record<string, string>);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
