import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

/**
 * Cap: 80,000 requests in 10 seconds for single validation (docs, "Rate limits"). Price: pay as you go, 20 USD for 2,000
 * credits. An answer takes 1 to 30 seconds (docs, "Single email validator").
 */
export const zerobounceDescriptor: VendorDescriptor = {
  id: 'zerobounce',
  title: 'ZeroBounce',
  docsUrl: 'https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-validate-emails',
  auth: 'query',
  defaultBaseUrl: 'https://api.zerobounce.net',
  cap: {
    concurrency: 100,
    windows: [{ name: 'ten_seconds', kind: 'sliding', limit: 80_000, lengthMs: 10_000 }],
  },
  deadlineMs: 30_000,
  services: [
    {
      op: 'verify_email',
      order: 100,
      costPerUnitMicro: 10_000,
      inDoubt: 'surface',
      freshness: { foundMs: 30 * DAY_MS, emptyMs: 7 * DAY_MS },
    },
  ],
};
