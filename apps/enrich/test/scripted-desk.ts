import type { Operation } from '#libs/contracts';
import type { Cap } from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from '../src/walk/vendor-desk.port';

export type Answer = VendorOutcome<unknown>;

const ANSWERS: Readonly<Record<Operation, Answer>> = {
  crawl_website: {
    kind: 'ok',
    units: 1,
    value: {
      url: 'https://acme.example/',
      title: 'Acme',
      description: null,
      emails: [],
      phones: [],
      socials: [],
      technologies: [],
      excerpt: null,
    },
  },
  find_contacts: {
    kind: 'ok',
    units: 1,
    value: {
      contacts: [
        { first_name: 'Ada', last_name: 'Byron', title: 'CEO', email: 'ada@acme.example', confidence: 90 },
      ],
    },
  },
  enrich_company: {
    kind: 'ok',
    units: 1,
    value: {
      name: 'Acme',
      employees: { min: 40, max: 40 },
      industry: 'software',
      founded: 2010,
      country: 'US',
      city: null,
      description: null,
      linkedin: null,
      revenue_usd: null,
      technologies: [],
    },
  },
  read_profile: {
    kind: 'ok',
    units: 1,
    value: { summary: null, products: [], sells_to: null, quotes: [] },
  },
  find_email: { kind: 'ok', units: 1, value: { email: 'ada@acme.example', confidence: 90, title: 'CEO' } },
  find_signals: { kind: 'ok', units: 1, value: { signals: [] } },
  verify_email: { kind: 'ok', units: 1, value: { email: 'ada@acme.example', verdict: 'valid' } },
};

/** Vendors played by a script: each answers well unless told otherwise, and all calls are written down. */
export class ScriptedDesk implements VendorDesk {
  /** `vendor operation` of every request that reached a vendor, in order. */
  readonly calls: string[] = [];
  /** What a vendor answers, undefined for well; called with how often it has been asked before. */
  readonly scripts = new Map<string, (asked: number) => Answer | undefined | Promise<Answer | undefined>>();
  cap: Partial<Cap> = {};
  /** What is different about one vendor's cap. */
  readonly caps = new Map<string, Partial<Cap>>();
  /** What every request asked, beside `calls`. */
  readonly inputs: unknown[] = [];

  terms(vendor: string, op: Operation): VendorTerms {
    return {
      cap: {
        id: vendor,
        concurrency: 100,
        windows: [{ name: 'second', kind: 'sliding', limit: 1_000, lengthMs: 1_000, units: 1 }],
        ...this.cap,
        ...this.caps.get(vendor),
      },
      measures: {},
      deadlineMs: 1_000,
      repeatable: op === 'crawl_website',
      costPerUnitMicro: op === 'crawl_website' ? 0 : 10_000,
      maxCostMicro: op === 'crawl_website' ? 0 : 10_000,
      foundTtlMs: 86_400_000,
      emptyTtlMs: 86_400_000,
      simulated: false,
    };
  }

  async call(vendor: string, op: Operation, input: unknown): Promise<Answer> {
    const asked = this.asked(vendor);
    this.calls.push(`${vendor} ${op}`);
    this.inputs.push(input);
    return (await this.scripts.get(vendor)?.(asked)) ?? ANSWERS[op];
  }

  asked(vendor: string): number {
    return this.calls.filter((call) => call.startsWith(`${vendor} `)).length;
  }
}
