import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { appError } from '#libs/contracts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'] as const;
/** Probes call a process by its address, whatever its name is. */
const OPEN_TO_ANY = '/health/';

/** True for an address that only this machine reaches. */
function isLoopback(host: string): boolean {
  return host === '::1' || LOOPBACK.some((name) => name === host);
}

/**
 * Refuses requests whose Host header is none of ours: a page in somebody's browser whose name was made to point here (DNS
 * rebinding) still sends its own name. Without `allowed`, an API on loopback knows the names of loopback, and one that is not
 * cannot know what it is called and takes any.
 */
export function onlyKnownHosts({
  host,
  allowedHosts,
}: {
  host: string;
  allowedHosts?: readonly string[] | undefined;
}): RequestHandler {
  const known =
    allowedHosts !== undefined || isLoopback(host)
      ? new Set<string>([...LOOPBACK, ...(allowedHosts ?? [])])
      : undefined;
  return (request: Request, _response: Response, next: NextFunction): void => {
    const named = request.headers.host?.toLowerCase().replace(/:\d+$/, '') ?? '';
    if (known === undefined || known.has(named) || request.path.startsWith(OPEN_TO_ANY)) {
      next();
    } else {
      next(appError('unknown_host', 'the Host header names a host that is not served here'));
    }
  };
}
