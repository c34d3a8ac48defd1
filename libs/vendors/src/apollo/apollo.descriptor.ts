import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Caps are per team and endpoint, in stretches that open with the first request (docs, "Rate Limits"): an enrichment
 * endpoint 1,000 a minute, others at least 200 a minute, 400 an hour and 2,000 a day on paid plans; what a plan has beyond
 * that, the headers tell. A window without a limit comes with an empty header.
 * Price: one credit per enriched organization, and per person of whom anything is found; a search of people is free
 * ("Endpoint essentials" of each). A credit is 0.20 USD where bought beyond the plan (apollo.io/pricing).
 */
export const apolloDescriptor: VendorDescriptor = {
  id: 'apollo',
  title: 'Apollo',
  docsUrl: 'https://docs.apollo.io/reference/rate-limits',
  auth: 'header',
  defaultBaseUrl: 'https://api.apollo.io',
  cap: {
    concurrency: 20,
    windows: [
      { name: 'company_minute', kind: 'anchored', limit: 1_000, lengthMs: 60_000, ops: ['enrich_company'] },
      { name: 'person_minute', kind: 'anchored', limit: 1_000, lengthMs: 60_000, ops: ['find_email'] },
      { name: 'search_minute', kind: 'anchored', limit: 200, lengthMs: 60_000, ops: ['find_contacts'] },
      { name: 'search_hour', kind: 'anchored', limit: 400, lengthMs: HOUR_MS, ops: ['find_contacts'] },
      { name: 'search_day', kind: 'anchored', limit: 2_000, lengthMs: DAY_MS, ops: ['find_contacts'] },
    ],
  },
  // Out of credit has no documented code: it is refused as something that cannot be processed, in these words.
  refusals: [
    { at: 'error', says: /insufficient credits|out of credits|credit limit/i, means: 'quota_exhausted' },
    { at: 'message', says: /insufficient credits|out of credits|credit limit/i, means: 'quota_exhausted' },
  ],
  // The same headers for every endpoint, about its own windows.
  rateHeaders: [
    { window: 'company_minute', limit: 'x-rate-limit-minute', left: 'x-minute-requests-left' },
    { window: 'person_minute', limit: 'x-rate-limit-minute', left: 'x-minute-requests-left' },
    { window: 'search_minute', limit: 'x-rate-limit-minute', left: 'x-minute-requests-left' },
    { window: 'search_hour', limit: 'x-rate-limit-hourly', left: 'x-hourly-requests-left' },
    { window: 'search_day', limit: 'x-rate-limit-24-hour', left: 'x-24-hour-requests-left' },
  ],
  deadlineMs: 30_000,
  services: [
    {
      op: 'enrich_company',
      order: 100,
      costPerUnitMicro: 200_000,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'find_contacts',
      order: 200,
      costPerUnitMicro: 0,
      inDoubt: 'retry',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
    {
      op: 'find_email',
      order: 200,
      costPerUnitMicro: 200_000,
      inDoubt: 'surface',
      freshness: { foundMs: 90 * DAY_MS, emptyMs: 14 * DAY_MS },
    },
  ],
};
