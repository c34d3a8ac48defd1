import type { VendorOutcome } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from '../../apps/enrich/src/walk/vendor-desk.port';

const DAY_MS = 86_400_000;

/** The same for every call, as a real vendor's are whose calls all weigh the same. */
const TERMS: VendorTerms = {
  cap: {
    id: 'instant',
    concurrency: 1_000_000,
    windows: [{ name: 'second', kind: 'sliding', limit: 1_000_000, lengthMs: 1_000, units: 1 }],
  },
  measures: {},
  deadlineMs: 10_000,
  repeatable: true,
  costPerUnitMicro: 0,
  maxCostMicro: 0,
  foundTtlMs: DAY_MS,
  emptyTtlMs: DAY_MS,
  simulated: true,
};

/** A vendor that answers within the process: what is left is the cost of our own pipeline. */
export class InstantDesk implements VendorDesk {
  terms(): VendorTerms {
    return TERMS;
  }

  call(_vendor: string, op: string, input: unknown): Promise<VendorOutcome<unknown>> {
    const { domain } = input as { domain: string };
    return Promise.resolve({ kind: 'ok', value: answer(op, domain), units: 1 });
  }
}

function answer(op: string, domain: string): unknown {
  switch (op) {
    case 'crawl_website':
      return {
        url: `https://${domain}/`,
        title: domain,
        description: null,
        emails: [`hello@${domain}`],
        phones: [],
        socials: [],
        technologies: [],
        excerpt: null,
      };
    case 'enrich_company':
      return {
        name: domain,
        employees: { min: 40, max: 40 },
        industry: 'software',
        founded: 2012,
        country: 'US',
        city: null,
        description: null,
        linkedin: null,
        revenue_usd: null,
        technologies: [],
      };
    case 'find_signals':
      return { signals: [{ kind: 'news', title: domain, url: `https://${domain}/news`, date: null }] };
    default:
      throw new TypeError(`nobody asks for ${op} here`);
  }
}
