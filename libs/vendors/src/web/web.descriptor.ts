import type { VendorDescriptor } from '../vendor.port';

const DAY_MS = 86_400_000;

/**
 * The company's own website. No cap but our own courtesy: one company is one site, and its few requests go one after the
 * other, so no host ever sees two at a time.
 */
export const webDescriptor: VendorDescriptor = {
  id: 'web',
  title: 'Company website',
  docsUrl: 'https://www.rfc-editor.org/rfc/rfc9309',
  auth: 'none',
  defaultBaseUrl: null,
  cap: { concurrency: 50, windows: [] },
  deadlineMs: 20_000,
  services: [
    {
      op: 'crawl_website',
      order: 100,
      costPerUnitMicro: 0,
      inDoubt: 'retry',
      freshness: { foundMs: 14 * DAY_MS, emptyMs: 3 * DAY_MS },
    },
  ],
};
