import type { z } from 'zod';
import type { VendorContext } from '../vendor.port';
import { failureOutcome, type StatusMeanings, type VendorFailure } from './failure-outcome';
import type { HttpRequest } from './http-client';

/** No vendor's answer to one question is longer. */
const MAX_BYTES = 5_000_000;
const DETAIL_LENGTH_MAX = 200;

export interface JsonRequest {
  method: 'GET' | 'POST';
  /** Below the vendor's base URL, with a leading `/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Default 10 s. */
  headersMs?: number;
  meanings?: StatusMeanings;
}

/**
 * Asks a vendor's JSON API once. Answers the body as the schema parsed it, or how the request failed; a body that is
 * not what the schema says is a `bad_response`.
 */
export async function requestJson<Schema extends z.ZodType>(
  context: VendorContext,
  request: JsonRequest,
  schema: Schema,
): Promise<{ kind: 'parsed'; value: z.output<Schema> } | VendorFailure> {
  const result = await context.http.send(httpRequest(context, request));
  const failure = failureOutcome(result, request.meanings);
  if (failure) return failure;
  if (result.kind !== 'response') throw new TypeError(`no failure for ${result.kind}`);
  return parseJson(result.body, schema);
}

function httpRequest(context: VendorContext, request: JsonRequest): HttpRequest {
  const { baseUrl, deadlineMs, signal } = context;
  if (baseUrl === null) throw new TypeError('a vendor with an API needs a base URL');
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/$/, '') + request.path;
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const json = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  return {
    method: request.method,
    url,
    headers: {
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...json,
    deadlineMs,
    ...(request.headersMs === undefined ? {} : { headersMs: request.headersMs }),
    maxBytes: MAX_BYTES,
    signal,
  };
}

function parseJson<Schema extends z.ZodType>(
  body: Buffer,
  schema: Schema,
): { kind: 'parsed'; value: z.output<Schema> } | VendorFailure {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's own message quotes the body, which may hold personal data.
    return { kind: 'bad_response', detail: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'parsed', value: parsed.data };
  return { kind: 'bad_response', detail: issueDetail(parsed.error) };
}

/** Where and what, in the schema's own words: an issue names types and places, never values. */
export function issueDetail(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? 'answer' : where}: ${issue?.message ?? 'unreadable'}`.slice(0, DETAIL_LENGTH_MAX);
}
