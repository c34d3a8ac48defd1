import type { HttpClient, HttpRequest, HttpResult } from '../src/http/http-client';

/** An HTTP client that answers from a script and remembers what it was asked. */
export class ScriptedHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];

  constructor(private readonly script: (request: HttpRequest) => HttpResult | Promise<HttpResult>) {}

  async send(request: HttpRequest): Promise<HttpResult> {
    this.requests.push(request);
    return this.script(request);
  }
}

/** A whole answer. */
export function answered(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'response', status, headers, body: Buffer.from(text) };
}
