import type { Operation } from '#libs/contracts';
import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

const SEARCHES: readonly Operation[] = ['find_contacts', 'find_email'];
const VERIFICATIONS: readonly Operation[] = ['verify_email'];

/**
 * Caps: 15 requests a second and 500 a minute, of the verifier 10 and 300 (docs, "Rate limits"); whether it counts sliding
 * or fixed stretches, and the two searches together, is not said, so the stricter is assumed. Credits per month depend on
 * the plan and are learned from its 429. No rate headers are sent.
 * Price: one credit per domain search or found address, half a credit per verification (help.hunter.io, article 1911617),
 * at the Starter plan's 49 USD for 2,000 credits.
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
      { name: 'second', kind: 'sliding', limit: 15, lengthMs: 1_000, ops: SEARCHES },
      { name: 'minute', kind: 'sliding', limit: 500, lengthMs: 60_000, ops: SEARCHES },
      { name: 'verify_second', kind: 'sliding', limit: 10, lengthMs: 1_000, ops: VERIFICATIONS },
      { name: 'verify_minute', kind: 'sliding', limit: 300, lengthMs: 60_000, ops: VERIFICATIONS },
    ],
  },
  codes: {
    // "Still in progress": asked the same again, counted once.
    202: 'pending',
    // The address's own mail server failed the verification: nothing known, nothing counted, and no failure of the vendor.
    222: 'empty',
    // Documented: 403 is "you have reached the rate limit", 429 "you have reached your usage limit".
    403: 'rate_limited',
    429: 'quota_exhausted',
  },
  deadlineMs: 30_000,
  services: [
    {
      op: 'find_contacts',
      order: 100,
      costPerUnitMicro: 24_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'find_email',
      order: 100,
      costPerUnitMicro: 24_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'verify_email',
      order: 200,
      costPerUnitMicro: 12_250,
      inDoubt: 'surface',
      freshness: { foundMs: 30 * DAY_MS, emptyMs: 7 * DAY_MS },
    },
  ],
};
