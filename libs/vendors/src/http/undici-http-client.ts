import { Agent, type Dispatcher } from 'undici';
import type { HttpClient, HttpRequest, HttpResult } from './http-client';
import { ResponseCollector } from './response-collector';

/** A server that does not take the connection by then is taken for unreachable. */
export const CONNECT_MS = 3_000;
const HEADERS_MS = 10_000;

/** An HTTP client over undici. The dispatcher decides whom it connects to, and pools connections. */
export class UndiciHttpClient implements HttpClient {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly userAgent: string,
  ) {}

  send(request: HttpRequest): Promise<HttpResult> {
    const { url, method, headers, body, signal } = request;
    if (signal.aborted) return Promise.resolve({ kind: 'failed', sent: false, code: 'ABORTED' });
    return new Promise((resolve) => {
      const collector = new ResponseCollector(request.maxBytes, (result) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        resolve(result);
      });
      const timer = setTimeout(() => collector.abandon('DEADLINE'), request.deadlineMs);
      const onAbort = (): void => collector.abandon('ABORTED');
      signal.addEventListener('abort', onAbort, { once: true });
      this.dispatcher.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { 'user-agent': this.userAgent, 'accept-encoding': 'gzip, br', ...headers },
          body: body ?? null,
          headersTimeout: request.headersMs ?? HEADERS_MS,
          // The deadline is ours: undici's own limit is on silence only, and a drip is not silent.
          bodyTimeout: 0,
        },
        collector,
      );
    });
  }
}

/** Connections to vendors' APIs: any configured address, certificates checked, no proxy taken from the environment. */
export function createApiDispatcher(): Agent {
  return new Agent({ connect: { timeout: CONNECT_MS }, pipelining: 1 });
}
