import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';

interface AskOptions {
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** Answers that mean: not now. */
const LATER = new Set([409, 429, 502, 503, 504]);
const RETRY_AFTER_S = { default: 1, max: 300 } as const;
/** A server that cannot be reached at all: a restart takes less. */
const UNREACHABLE_MAX = 5;

/** Asks our API as a well-behaved client does: waits as long as `Retry-After` says and asks the same again. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
    private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void> = (ms, signal) =>
      delay(ms, undefined, { signal }),
  ) {}

  /** Throws `usage` for a key that is not good, `api_refused` for another answer that is not 2xx, `api_unreachable` for none. */
  async json<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    signal: AbortSignal,
    options: AskOptions = {},
  ): Promise<z.output<Schema>> {
    return schema.parse(JSON.parse(await this.text(method, path, signal, options)));
  }

  async text(method: string, path: string, signal: AbortSignal, options: AskOptions = {}): Promise<string> {
    for (let unreachable = 0; ;) {
      const response = await this.ask(method, path, signal, options).catch((error: unknown) => {
        if (signal.aborted || ++unreachable > UNREACHABLE_MAX) throw this.noAnswer(error, signal);
        return undefined;
      });
      if (response && !LATER.has(response.status)) {
        if (response.ok) return response.text();
        throw refused(method, path, response.status, await response.text());
      }
      await this.sleep(response ? retryAfterMs(response) : unreachable * 1_000, signal);
    }
  }

  /** For what is not worth asking at once. */
  pause(signal: AbortSignal): Promise<void> {
    return this.sleep(RETRY_AFTER_S.default * 1_000, signal);
  }

  private ask(
    method: string,
    path: string,
    signal: AbortSignal,
    { body, headers }: AskOptions,
  ): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  private noAnswer(thrown: unknown, signal: AbortSignal): Error {
    const error = toError(thrown);
    if (signal.aborted) return error;
    const why = error.cause === undefined ? error.message : toError(error.cause).message;
    return appError(
      'api_unreachable',
      `the API at ${this.baseUrl} does not answer (${why}): correct --base-url, or see whether it runs`,
      {
        cause: error,
      },
    );
  }
}

/** Seconds or a date, as HTTP has it; what is neither counts as not said. */
function retryAfterMs(response: Response): number {
  const said = response.headers.get('retry-after');
  const seconds = said === null || said === '' ? Number.NaN : Number(said);
  const ms = Number.isNaN(seconds) ? Date.parse(said ?? '') - Date.now() : seconds * 1_000;
  if (Number.isNaN(ms)) return RETRY_AFTER_S.default * 1_000;
  return Math.min(Math.max(ms, 0), RETRY_AFTER_S.max * 1_000);
}

function refused(method: string, path: string, status: number, text: string): Error {
  let detail = text.slice(0, 200);
  try {
    const problem = JSON.parse(text) as { code?: string; detail?: string };
    detail = `${problem.code ?? ''}: ${problem.detail ?? ''}`;
  } catch {
    // Not from our API: a proxy's page, quoted as it is.
  }
  if (status === 401 || status === 403)
    return appError('usage', `the API refuses the key in LEADGEN_API_KEY: ${detail}`);
  return appError('api_refused', `${method} ${path} was answered ${status} (${detail})`);
}
