import { createHash } from 'node:crypto';
import { z } from 'zod';
import type {
  SimulatedVendor,
  VendorAnswer,
  VendorRequest,
  WindowState,
  WorkedAnswer,
} from '../simulated-vendor.port';
import { credulousReply } from './credulous-model';

const DAY_MS = 86_400_000;
const CHARACTERS_PER_TOKEN = 4;
/** Micro-dollars a token; a unit is a micro-dollar. */
const PRICE = { prompt: 0.15, completion: 0.6 };
const requestSchema = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.enum(['system', 'developer', 'user']), content: z.string() })).min(1),
  max_completion_tokens: z.int().min(1).optional(),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string().regex(/^[\w-]{1,64}$/),
      strict: z.literal(true),
      schema: z.object({ type: z.literal('object'), additionalProperties: z.literal(false) }),
    }),
  }),
});
/** A text between two marks, as who asks may put it. */
const MARKED = /^\[(\w+)\]\n([\s\S]*)\n\[\/\1\]$/;

/**
 * Chat completions with structured output as documented at https://platform.openai.com/docs/api-reference/chat, by a model
 * of the simulator's own.
 */
export const openai: SimulatedVendor = {
  id: 'openai',
  windows: [
    { name: 'requests', kind: 'sliding', limit: 500, lengthMs: 60_000 },
    {
      name: 'tokens',
      kind: 'sliding',
      limit: 200_000,
      lengthMs: 60_000,
      weigh: (request) => worked(request)?.usage.total_tokens ?? 1,
    },
    { name: 'day', kind: 'sliding', limit: 10_000, lengthMs: DAY_MS },
  ],
  routes: [{ method: 'POST', path: '/v1/chat/completions', op: 'read_profile', answer: complete }],
  rateHeaders: (windows) => Object.assign({}, ...windows.map(headersOf)) as Record<string, string>,
  apiKey: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null,
  refusals: {
    badKey: () => failure(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'),
    rateLimit: (full) => ({
      ...failure(429, full?.name ?? 'requests', 'rate_limit_exceeded', 'Rate limit reached.'),
      ...(full === null ? {} : { headers: { 'retry-after': String(Math.ceil(full.resetInMs / 1_000)) } }),
    }),
    quota: () => failure(429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.'),
  },
};

function failure(status: number, type: string, code: string | null, message: string): VendorAnswer {
  return { status, json: { error: { message, type, param: null, code } } };
}

function headersOf({ name, limit, left, resetInMs }: WindowState): Record<string, string> {
  if (name === 'day') return {};
  return {
    [`x-ratelimit-limit-${name}`]: String(limit),
    [`x-ratelimit-remaining-${name}`]: String(left),
    [`x-ratelimit-reset-${name}`]: resetInMs < 60_000 ? `${Math.ceil(resetInMs)}ms` : '1m0s',
  };
}

interface Worked {
  model: string;
  /** What was asked, without what differs from call to call. */
  text: string;
  reply: ReturnType<typeof credulousReply>;
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** Null for a request that the vendor refuses. */
function worked({ body }: VendorRequest): Worked | null {
  const parsed = requestSchema.safeParse(parsedJson(body));
  if (!parsed.success) return null;
  const { model, messages, max_completion_tokens = Infinity } = parsed.data;
  const asked = messages.at(-1)?.content ?? '';
  const text = MARKED.exec(asked)?.[2] ?? asked;
  const reply = withinLimit(credulousReply(text), max_completion_tokens);
  const prompt = Math.ceil(
    messages.reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS_PER_TOKEN,
  );
  const completion = Math.ceil((reply.content ?? reply.refusal ?? '').length / CHARACTERS_PER_TOKEN);
  return {
    model,
    text,
    reply,
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  };
}

function withinLimit(reply: Worked['reply'], tokens: number): Worked['reply'] {
  const length = tokens * CHARACTERS_PER_TOKEN;
  if (reply.content === null || reply.content.length <= length) return reply;
  return { ...reply, content: reply.content.slice(0, length), finishReason: 'length' };
}

function complete(request: VendorRequest): WorkedAnswer {
  const work = worked(request);
  if (work === null) {
    return { ...failure(400, 'invalid_request_error', null, 'The request is invalid.'), purchase: null };
  }
  const { model, text, reply, usage } = work;
  const hash = createHash('sha256').update(text).digest('hex');
  const { prompt_tokens, completion_tokens } = usage;
  return {
    status: 200,
    json: {
      id: `chatcmpl-${hash.slice(0, 29)}`,
      object: 'chat.completion',
      created: 1_748_736_000,
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: reply.content, refusal: reply.refusal },
          logprobs: null,
          finish_reason: reply.finishReason,
        },
      ],
      usage,
    },
    purchase: {
      input: { model, text_sha256: hash },
      units: Math.ceil(prompt_tokens * PRICE.prompt + completion_tokens * PRICE.completion),
    },
  };
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // No request at all, as far as the schema is concerned.
    return null;
  }
}
