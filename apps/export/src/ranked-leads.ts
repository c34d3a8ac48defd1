import type { CompanyDocument, Lead, ProviderStats } from '#libs/contracts';
import {
  compareRank,
  createProviderTally,
  isSkippedForBudget,
  rankKey,
  toLead,
  type LeadContext,
  type RankKey,
  type UnrankedLead,
} from '#libs/domain';
import type { RankedLead } from '#libs/run-state';

/** A run's companies, as export reads them. */
export interface LeadSource {
  /** Every company once, in any order. */
  all(): AsyncIterable<CompanyDocument>;
  find(companyId: string): Promise<CompanyDocument | undefined>;
}

type Key = RankKey & { troubled: boolean; failed: boolean; outOfBudget: boolean };

/** Documents read at the same time. */
const PAGE = 200;

/**
 * A run's leads, best first. Memory holds a small key per lead, however many there are: documents are read once to rank
 * them, and again, a page at a time, whenever the leads are gone through.
 */
export class RankedLeads implements AsyncIterable<Lead> {
  private constructor(
    private readonly keys: readonly Key[],
    readonly buckets: Readonly<Record<Lead['score']['bucket'], number>>,
    /** What each vendor's answers were worth. */
    readonly providers: readonly ProviderStats[],
    private readonly read: (companyId: string) => Promise<UnrankedLead>,
  ) {}

  /** Throws the signal's reason when it aborts. */
  static async of(source: LeadSource, context: LeadContext, signal: AbortSignal): Promise<RankedLeads> {
    const keys: Key[] = [];
    const buckets = { A: 0, B: 0, C: 0 };
    const providers = createProviderTally();
    for await (const document of source.all()) {
      signal.throwIfAborted();
      const lead = toLead(document, context);
      keys.push({
        ...rankKey(lead),
        troubled: lead.status !== 'complete',
        failed: lead.status === 'failed',
        outOfBudget: document.steps.some(isSkippedForBudget),
      });
      buckets[lead.score.bucket] += 1;
      providers.add(document);
    }
    return new RankedLeads(keys.sort(compareRank), buckets, providers.result(), async (companyId) => {
      signal.throwIfAborted();
      const document = await source.find(companyId);
      if (!document) throw new RangeError(`company ${companyId} is gone while it is exported`);
      return toLead(document, context);
    });
  }

  /** Of a run that scores nothing. */
  static none(): RankedLeads {
    return new RankedLeads([], { A: 0, B: 0, C: 0 }, [], (id) => Promise.reject(new RangeError(id)));
  }

  get count(): number {
    return this.keys.length;
  }

  /** Leads with a problem. */
  get troubledCount(): number {
    return this.keys.filter(({ troubled }) => troubled).length;
  }

  /** Companies for which something was left out for lack of budget. */
  get outOfBudgetCount(): number {
    return this.keys.filter(({ outOfBudget }) => outOfBudget).length;
  }

  /** Who ranks where, best first. */
  *ranking(): Generator<RankedLead> {
    for (const [i, { companyId, failed }] of this.keys.entries()) {
      yield { companyId, rank: i + 1, hasContent: !failed };
    }
  }

  /** The best `most` of the leads with a problem. */
  troubled(most: number): Promise<UnrankedLead[]> {
    const keys = this.keys.filter(({ troubled }) => troubled).slice(0, most);
    return Promise.all(keys.map(({ companyId }) => this.read(companyId)));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Lead> {
    for (let start = 0; start < this.keys.length; start += PAGE) {
      const page = this.keys.slice(start, start + PAGE);
      const leads = await Promise.all(page.map(({ companyId }) => this.read(companyId)));
      for (const [i, lead] of leads.entries()) yield { rank: start + i + 1, ...lead };
    }
  }
}
