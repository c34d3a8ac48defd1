/**
 * Sends one request and reads its answer whole, within a deadline and a size. Follows no redirect, retries nothing,
 * throws nothing: every end is a result.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResult>;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: URL;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** From the call to the last byte of the body, however the server drips. */
  deadlineMs: number;
  /** From the written request to the answer's headers; default 10 s. */
  headersMs?: number;
  /** Most bytes of the body, decoded. */
  maxBytes: number;
  /** The caller's own wish to stop. */
  signal: AbortSignal;
}

/** Header names in lower case; repeated ones joined with `, `. */
export type HttpHeaders = Readonly<Record<string, string>>;

/**
 * `response`: status, headers and the whole decoded body.
 * `unreadable`: there was an answer with status and headers, but its body is too large, broken, or in an encoding nobody asked for.
 * `failed`: no whole answer. `sent` tells whether a byte of the request may have reached the server. `code` is the
 * system's or undici's (`ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_CONNECT_TIMEOUT`), `DEADLINE` when time was up, `ABORTED`
 * when the caller's signal said so.
 */
export type HttpResult =
  | { kind: 'response'; status: number; headers: HttpHeaders; body: Buffer }
  | { kind: 'unreadable'; status: number; headers: HttpHeaders; detail: string }
  | { kind: 'failed'; sent: boolean; code: string };
