import type { OperationInput } from '#libs/contracts';
import { PROFILE_PROMPT_TOKENS, textTokensMax } from '#libs/llm';
import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

export const MODEL = 'gpt-4o-mini';
/** A whole answer has about half as many. */
export const COMPLETION_TOKENS_MAX = 400;
/** Micro-dollars a token, in and out. */
const PRICE = { prompt: 0.15, completion: 0.6 };
/** The bounds of the operation's input: 800 characters, of three bytes each at most. */
const TEXT_TOKENS_MAX = textTokensMax('語'.repeat(800));

/** What so many tokens cost, in units. Prompts this short are never read from the vendor's cache. */
export function unitsOf({ prompt, completion }: { prompt: number; completion: number }): number {
  return Math.ceil(prompt * PRICE.prompt + completion * PRICE.completion);
}

/**
 * Caps and price of the model by its page (docs, "Models", gpt-4o-mini), for the lowest tier that pays: 500 requests and
 * 200,000 tokens a minute, 10,000 requests a day; each refills steadily (guide "Rate limits"), which is counted here as
 * sliding, the strictest. Its headers tell of the tokens and of the requests; of which stretch is not said, and a window is
 * only ever tightened by them.
 * Price: 0.15 USD a million tokens read, 0.60 USD a million written. A unit is a micro-dollar of tokens.
 */
export const openaiDescriptor: VendorDescriptor = {
  id: 'openai',
  title: 'OpenAI',
  docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
  auth: 'bearer',
  defaultBaseUrl: 'https://api.openai.com',
  cap: {
    concurrency: 20,
    windows: [
      { name: 'requests', kind: 'sliding', limit: 500, lengthMs: 60_000 },
      { name: 'tokens', kind: 'sliding', limit: 200_000, lengthMs: 60_000, measure: 'tokens' },
      { name: 'day', kind: 'sliding', limit: 10_000, lengthMs: DAY_MS },
    ],
  },
  // 429 is "slow down" and "you have no money left" alike (guide "Error codes"); only the second is not transient.
  refusals: [
    { at: 'error.code', says: /^(insufficient_quota|billing_hard_limit_reached)$/, means: 'quota_exhausted' },
    { at: 'error.type', says: /^insufficient_quota$/, means: 'quota_exhausted' },
  ],
  rateHeaders: [
    {
      window: 'requests',
      limit: 'x-ratelimit-limit-requests',
      left: 'x-ratelimit-remaining-requests',
      reset: { header: 'x-ratelimit-reset-requests', as: 'duration' },
    },
    {
      window: 'tokens',
      limit: 'x-ratelimit-limit-tokens',
      left: 'x-ratelimit-remaining-tokens',
      reset: { header: 'x-ratelimit-reset-tokens', as: 'duration' },
    },
  ],
  deadlineMs: 30_000,
  services: [
    {
      op: 'read_profile',
      order: 100,
      costPerUnitMicro: 1,
      unitsMax: unitsOf({
        prompt: PROFILE_PROMPT_TOKENS + TEXT_TOKENS_MAX,
        completion: COMPLETION_TOKENS_MAX,
      }),
      load: ({ text }: OperationInput<'read_profile'>) => ({
        tokens: PROFILE_PROMPT_TOKENS + textTokensMax(text) + COMPLETION_TOKENS_MAX,
      }),
      inDoubt: 'surface',
      freshness: { foundMs: 14 * DAY_MS, emptyMs: 3 * DAY_MS },
    },
  ],
};
