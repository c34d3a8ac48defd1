import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Caps: per key and minute, hour and day, by plan (docs, "All there is to know about Lusha's API"): those of Premium here,
 * the smallest plan with access to the API; another plan's stand in the headers. When its windows begin is not said:
 * sliding is assumed, the strictest. No Retry-After is documented.
 * Price: one credit per company, per search of people that finds any, and per revealed address ("Credits & Billing FAQ"); Premium
 * costs 69.90 USD a month for 600 credits (lusha.com/pricing).
 */
export const lushaDescriptor: VendorDescriptor = {
  id: 'lusha',
  title: 'Lusha',
  docsUrl: 'https://docs.lusha.com/v2/api-reference/overview',
  auth: 'header',
  defaultBaseUrl: 'https://api.lusha.com',
  cap: {
    concurrency: 10,
    windows: [
      { name: 'minute', kind: 'sliding', limit: 300, lengthMs: 60_000 },
      { name: 'hour', kind: 'sliding', limit: 1_800, lengthMs: HOUR_MS },
      { name: 'day', kind: 'sliding', limit: 18_000, lengthMs: DAY_MS },
    ],
  },
  codes: {
    // The company or person is not known.
    404: 'empty',
    // A person who may not be had: "unable to process this contact request due to our GDPR regulations".
    451: 'empty',
  },
  rateHeaders: [
    { window: 'minute', limit: 'x-rate-limit-minute', left: 'x-minute-requests-left' },
    { window: 'hour', limit: 'x-rate-limit-hourly', left: 'x-hourly-requests-left' },
    { window: 'day', limit: 'x-rate-limit-daily', left: 'x-daily-requests-left' },
  ],
  deadlineMs: 30_000,
  services: [
    {
      op: 'enrich_company',
      order: 200,
      costPerUnitMicro: 116_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'find_contacts',
      order: 300,
      costPerUnitMicro: 116_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'find_email',
      order: 300,
      costPerUnitMicro: 116_500,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
  ],
};
