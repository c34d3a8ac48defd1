import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { fromOrigin } from '#libs/audit';

const HEADER = 'x-request-id';

/**
 * Gives every request a name of ours, which its answer has. One that a client sends is not taken: whoever looks into the audit
 * log later must not find two requests under one name.
 */
export function nameRequest(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader(HEADER, randomUUID());
  next();
}

/**
 * What the request does to be on record has its name there. To come after whatever reads bodies: that goes on from events of
 * the socket, which belong to no request.
 */
export function recordUnderItsName(_request: Request, response: Response, next: NextFunction): void {
  fromOrigin({ request_id: String(response.getHeader(HEADER)) }, next);
}
