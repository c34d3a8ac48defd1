import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

/** News by a search, one item an article (https://apify.com/lhotanova/google-news-scraper). */
export const ACTOR = 'lhotanova~google-news-scraper';
/**
 * What a run may take, said when it is started: whichever way the actor is charged (by result, by event or by the compute
 * units of `memory × timeout`), it costs no more than a unit.
 */
export const RUN_LIMITS = { maxItems: 10, maxTotalChargeUsd: 0.025, memory: 512, timeout: 60 };

/**
 * Cap: 60 requests a second for each resource (docs, "Rate limiting"): all starts are of one, every run's polls of another.
 * All together are kept to what one may have. How many runs fit into the account's memory depends on the plan, and is
 * learned from its 402.
 * Price: a unit is a run, at the most that we allow one (`RUN_LIMITS`); it is charged when the run is started, whatever
 * becomes of it.
 */
export const apifyDescriptor: VendorDescriptor = {
  id: 'apify',
  title: 'Apify',
  docsUrl: 'https://docs.apify.com/api/v2',
  auth: 'bearer',
  defaultBaseUrl: 'https://api.apify.com',
  cap: {
    concurrency: 10,
    windows: [{ name: 'second', kind: 'sliding', limit: 60, lengthMs: 1_000 }],
  },
  refusals: [
    // Too many runs at once: over when one of them is.
    { at: 'error.type', says: /^actor-memory-limit-exceeded$/, means: 'rate_limited' },
    // Also with status 403.
    { at: 'error.type', says: /usage-(hard-)?limit-exceeded$|^not-enough-usage/, means: 'quota_exhausted' },
  ],
  deadlineMs: 20_000,
  services: [
    {
      op: 'find_signals',
      order: 200,
      costPerUnitMicro: 25_000,
      inDoubt: 'surface',
      freshness: { foundMs: 7 * DAY_MS, emptyMs: DAY_MS },
    },
  ],
};
