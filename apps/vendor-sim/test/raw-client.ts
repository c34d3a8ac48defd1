import { request, type IncomingHttpHeaders } from 'node:http';

export interface RawRequest {
  method?: string;
  path: string;
  /** The website asked for; default: the simulator itself. */
  host?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** When to hang up; default 5 s. */
  patienceMs?: number;
  /** When to hang up, by bytes of the body. */
  bytesMax?: number;
}

/** How a request ended, as a client without any manners sees it. */
export interface RawAnswer {
  /** `given_up`: no end within the client's patience or bytes. */
  end: 'answered' | 'reset' | 'given_up';
  /** Null when no headers came. */
  status: number | null;
  headers: IncomingHttpHeaders;
  body: string;
  /** From the request to its end. */
  tookMs: number;
}

/** Sends one request on a connection of its own. */
export function ask(
  url: string,
  { method = 'GET', path, host, headers = {}, body, patienceMs = 5_000, bytesMax = Infinity }: RawRequest,
): Promise<RawAnswer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const answer: Omit<RawAnswer, 'end' | 'tookMs'> = { status: null, headers: {}, body: '' };
    const outgoing = request(url + path, {
      method,
      agent: false,
      headers: host ? { ...headers, host } : headers,
    });
    const end = (how: RawAnswer['end']): void => {
      clearTimeout(patience);
      outgoing.destroy();
      resolve({ ...answer, end: how, tookMs: performance.now() - started });
    };
    const patience = setTimeout(() => end('given_up'), patienceMs);
    outgoing.on('error', () => end('reset'));
    outgoing.on('response', (incoming) => {
      answer.status = incoming.statusCode ?? null;
      answer.headers = incoming.headers;
      incoming.on('data', (chunk: Buffer) => {
        answer.body += chunk.toString('latin1');
        if (answer.body.length > bytesMax) end('given_up');
      });
      incoming.on('error', () => end('reset'));
      incoming.on('end', () => end('answered'));
    });
    outgoing.end(body);
  });
}
