import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

/**
 * Caps: 15 requests a second and 500 a minute (docs, "Rate limits"); whether it counts sliding or fixed stretches is not
 * said, so the stricter is assumed. Credits per month depend on the plan and are learned from its 429.
 * Price: one credit per search that finds something (help.hunter.io, article 1911617), at the Starter plan's 49 USD for
 * 2,000 credits.
 */
export const hunterDescriptor: VendorDescriptor = {
  id: 'hunter',
  title: 'Hunter',
  docsUrl: 'https://hunter.io/api-documentation/v2',
  auth: 'query',
  defaultBaseUrl: 'https://api.hunter.io',
  cap: {
    concurrency: 10,
    windows: [
      { name: 'second', kind: 'sliding', limit: 15, lengthMs: 1_000 },
      { name: 'minute', kind: 'sliding', limit: 500, lengthMs: 60_000 },
    ],
  },
  // Documented: 403 is "you have reached the rate limit", 429 "you have reached your usage limit".
  codes: { 403: 'rate_limited', 429: 'quota_exhausted' },
  deadlineMs: 30_000,
  services: [
    {
      op: 'find_contacts',
      order: 100,
      costPerUnitMicro: 24_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
  ],
};
