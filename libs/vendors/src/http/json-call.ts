import type { z } from 'zod';
import type { Operation, OperationInput, OperationOutput } from '#libs/contracts';
import type { VendorCall, VendorContext, VendorDescriptor, VendorOutcome } from '../vendor.port';
import { failureOutcome, type VendorFailure } from './failure-outcome';
import type { HttpRequest, HttpResult } from './http-client';
import { rateReadings } from './rate-readings';

/** No vendor's answer to one question is longer. */
const MAX_BYTES = 5_000_000;
const DETAIL_LENGTH_MAX = 200;

interface JsonRequest {
  method: 'GET' | 'POST';
  /** Below the vendor's base URL, with a leading `/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Default 10 s. */
  headersMs?: number;
}

/** One question to a vendor's JSON API, and what its answer means. */
export interface JsonQuestion<Op extends Operation, Schema extends z.ZodType> {
  request: (input: OperationInput<Op>, context: VendorContext) => JsonRequest;
  /** What is read of a 2xx answer; a body that is not so is a `bad_response`. */
  schema: Schema;
  /** May ask a further question of the same call; the readings of the last answer are those reported. */
  read: (
    value: z.output<Schema>,
    asked: { input: OperationInput<Op>; context: VendorContext },
  ) => VendorOutcome<OperationOutput<Op>> | Promise<VendorOutcome<OperationOutput<Op>>>;
}

/**
 * An operation as one request to a vendor's JSON API. What its codes, refusals and rate headers mean stands in the
 * descriptor; the question shapes the request and reads the answer. Every end carries what the headers said.
 */
export function jsonCall<Op extends Operation, Schema extends z.ZodType>(
  descriptor: VendorDescriptor,
  op: Op,
  { request, schema, read }: JsonQuestion<Op, Schema>,
): VendorCall<Op> {
  return async (input, context) => {
    const result = await context.http.send(httpRequest(context, request(input, context)));
    const readings = result.kind === 'failed' ? [] : rateReadings(descriptor, op, result.headers, Date.now());
    return { ...(readings.length > 0 ? { readings } : {}), ...(await outcome()) };

    async function outcome(): Promise<VendorOutcome<OperationOutput<Op>>> {
      const answer = failureOutcome(result, descriptor) ?? parseAnswer(result, schema);
      return answer.kind === 'parsed' ? read(answer.value, { input, context }) : answer;
    }
  };
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

function parseAnswer<Schema extends z.ZodType>(
  result: HttpResult,
  schema: Schema,
): { kind: 'parsed'; value: z.output<Schema> } | VendorFailure {
  if (result.kind !== 'response') throw new TypeError(`no failure for ${result.kind}`);
  let json: unknown;
  try {
    json = JSON.parse(result.body.toString('utf8'));
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
