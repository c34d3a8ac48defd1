import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;
/** The vendor refuses a page with more (header `x-token-budget`), so that no page costs more than this. */
export const TOKENS_MAX = 50_000;
/** What a unit is. */
export const TOKENS_PER_UNIT = 1_000;

/**
 * Cap: 500 requests a minute with a key (https://jina.ai/api-dashboard/rate-limit/); how the minute is counted is not said,
 * so the strictest is assumed. A page takes about eight seconds (same table). Without a key it would be 20 a minute for
 * everybody at one address, so we ask for one.
 * Price: the tokens of the text it answers with, at 50 USD for a billion (https://jina.ai/api-dashboard/pricing/); a unit is
 * a thousand.
 */
export const jinaDescriptor: VendorDescriptor = {
  id: 'jina',
  title: 'Jina Reader',
  docsUrl: 'https://jina.ai/reader/',
  auth: 'bearer',
  defaultBaseUrl: 'https://r.jina.ai',
  cap: {
    concurrency: 10,
    windows: [{ name: 'minute', kind: 'sliding', limit: 500, lengthMs: 60_000 }],
  },
  // A page that cannot be had is a fact about the company, and no failure of the vendor's.
  refusals: [
    {
      at: 'name',
      says: /^(AssertionFailure|SecurityCompromise|HarmfulContent|BudgetExceeded)Error$/,
      means: 'empty',
    },
  ],
  codes: { 451: 'empty' },
  deadlineMs: 30_000,
  services: [
    {
      op: 'crawl_website',
      order: 200,
      costPerUnitMicro: 50,
      unitsMax: TOKENS_MAX / TOKENS_PER_UNIT,
      inDoubt: 'surface',
      freshness: { foundMs: 14 * DAY_MS, emptyMs: 3 * DAY_MS },
    },
  ],
};
