/** Sends one request, without following redirects or retrying, and reads its body whole, never more than allowed. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResult>;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** From call to the body's last byte. */
  deadlineMs: number;
  /** Most bytes of the body, decoded. */
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * `response`: headers and the whole decoded body; header names in lower case, repeated headers joined with `, `.
 * `unreadable`: there was an answer, but not one to read: too large, or in an encoding that is not ours or broken.
 * `failed`: no whole answer. `sent` tells whether the request may have reached the server; `code` is the system's or
 * undici's (`ECONNREFUSED`, `ENOTFOUND`), `DEADLINE` when time was up, `ABORTED` when the caller's signal said so.
 */
export type HttpResult =
  | { kind: 'response'; status: number; headers: Readonly<Record<string, string>>; body: Uint8Array }
  | { kind: 'unreadable'; status: number; detail: string }
  | { kind: 'failed'; sent: boolean; code: string };
