import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

/**
 * Cap: 100 requests a minute for a development key (docs, "Rate Limits"); a production key has 1,000, which a deployment
 * sets for itself. How the minute is counted is not said, so the strictest is assumed. Credits per month depend on the plan:
 * 432 says that the plan's are used up, 433 that pay-as-you-go's are (docs, "Search").
 * Price: a basic search is one credit, found or not; 0.008 USD each as you go (docs, "Credits & Pricing").
 */
export const tavilyDescriptor: VendorDescriptor = {
  id: 'tavily',
  title: 'Tavily',
  docsUrl: 'https://docs.tavily.com/documentation/api-reference/endpoint/search',
  auth: 'bearer',
  defaultBaseUrl: 'https://api.tavily.com',
  cap: {
    concurrency: 10,
    windows: [{ name: 'minute', kind: 'sliding', limit: 100, lengthMs: 60_000 }],
  },
  codes: { 432: 'quota_exhausted', 433: 'quota_exhausted' },
  deadlineMs: 20_000,
  services: [
    {
      op: 'find_signals',
      order: 100,
      costPerUnitMicro: 8_000,
      inDoubt: 'surface',
      freshness: { foundMs: 7 * DAY_MS, emptyMs: DAY_MS },
    },
  ],
};
