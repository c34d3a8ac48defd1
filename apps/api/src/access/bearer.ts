import type { Request } from 'express';

const BEARER = /^Bearer (\S+)$/i;

/** The key or token a request carries; undefined where it carries none. */
export function bearerOf(request: Pick<Request, 'headers'>): string | undefined {
  return BEARER.exec(request.headers.authorization ?? '')?.[1];
}
