import OpenAI, { type ClientOptions } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { HttpRequest, HttpResult } from '../http/http-client';
import type { VendorContext } from '../vendor.port';

/** A completion is a few kilobytes. */
const MAX_BYTES = 5_000_000;
/** The client's own clock is only there in case ours fails. */
const CLIENT_GRACE_MS = 5_000;

/** How the one request ended, and what the client made of its answer: not checked, and null where it refused to. */
export interface CompletionRequested {
  result: HttpResult;
  completion: unknown;
}

/**
 * Asks for a chat completion once, by the vendor's own client. The client never retries, and sends through `context.http`:
 * one deadline and size for the whole answer, no redirect, no proxy. What it would read from the environment
 * (`OPENAI_…`: another organization, headers, a log of bodies) is overruled. Throws nothing that a vendor could cause.
 */
export async function requestCompletion(
  context: VendorContext,
  params: ChatCompletionCreateParamsNonStreaming,
): Promise<CompletionRequested> {
  const { baseUrl, apiKey, deadlineMs } = context;
  if (baseUrl === null) throw new TypeError('a vendor with an API needs a base URL');
  const ended: { result: HttpResult | null } = { result: null };
  const client = new OpenAI({
    apiKey: apiKey ?? '',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: `${baseUrl.href.replace(/\/$/, '')}/v1`,
    maxRetries: 0,
    timeout: deadlineMs + CLIENT_GRACE_MS,
    logLevel: 'off',
    fetch: async (url, init) => {
      ended.result = await context.http.send(httpRequest(context, url, init));
      return toResponse(ended.result);
    },
  });
  let completion: unknown = null;
  try {
    completion = await client.chat.completions.create(params);
  } catch (error) {
    // What the client throws after an answer is about the answer, which is judged by itself.
    if (ended.result === null) throw error;
  }
  if (ended.result === null) throw new TypeError('the client did not ask');
  return { result: ended.result, completion };
}

type FetchArguments = Parameters<NonNullable<ClientOptions['fetch']>>;

function httpRequest(
  { apiKey, deadlineMs, signal }: VendorContext,
  url: FetchArguments[0],
  init: FetchArguments[1],
): HttpRequest {
  if (typeof init?.body !== 'string') throw new TypeError('a completion is asked for by a JSON body');
  return {
    method: 'POST',
    url: new URL(url instanceof Request ? url.url : url),
    // Ours alone: the client's own tell of the machine it runs on, and may come from the environment.
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${apiKey ?? ''}`,
    },
    body: init.body,
    deadlineMs,
    headersMs: deadlineMs,
    maxBytes: MAX_BYTES,
    signal,
  };
}

/** What the client would have got; throws where there is no answer, which it takes for a lost connection. */
function toResponse(result: HttpResult): Response {
  if (result.kind !== 'response') throw new Error('no answer');
  const { status, headers, body } = result;
  return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), { status, headers });
}
