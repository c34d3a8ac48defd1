import type { CompanyDocument, Lead, ProviderStats } from '#libs/contracts';
import {
  companyLabel,
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
import { inPages } from './in-pages';

/** A run's companies, as export reads them. */
export interface LeadSource {
  /** Every company once, in any order. */
  all(): AsyncIterable<CompanyDocument>;
  find(companyId: string): Promise<CompanyDocument | undefined>;
}

export interface LeadCheck {
  /** Answers each lead as it may leave, null for one that must not. */
  screen(leads: readonly UnrankedLead[]): Promise<(UnrankedLead | null)[]>;
  /** Of a run that is for new leads only: whether each company is one. */
  areNew?(companyIds: readonly string[]): Promise<boolean[]>;
}

/** A company of which nothing leaves. */
export interface LeftOut {
  company_id: string;
  name: string;
}

type Key = RankKey & { troubled: boolean; failed: boolean; outOfBudget: boolean };

/** Documents read at the same time. */
const PAGE = 200;
/** Companies left out that are named; the others are counted. */
const LEFT_OUT_LISTED = 100;

/**
 * A run's leads, best first. Memory holds a small key per lead, however many there are: documents are read once to rank
 * them, and again, a page at a time, whenever the leads are gone through. Who is on the tenant's suppression list by then is left out.
 * A company that was delivered before, where only new ones leave, is no lead, and is among those with a problem if it has one.
 */
export class RankedLeads implements AsyncIterable<Lead> {
  private constructor(
    private readonly keys: readonly Key[],
    private readonly delivered: readonly Key[],
    readonly buckets: Readonly<Record<Lead['score']['bucket'], number>>,
    /** What each vendor's answers were worth. */
    readonly providers: readonly ProviderStats[],
    /** Companies that are suppressed, and the first of them. */
    readonly suppressed: { total: number; listed: readonly LeftOut[] },
    private readonly read: (companyIds: readonly string[]) => Promise<(UnrankedLead | null)[]>,
  ) {}

  /** Throws the signal's reason when it aborts. */
  static async of(
    source: LeadSource,
    context: LeadContext,
    check: LeadCheck,
    signal: AbortSignal,
  ): Promise<RankedLeads> {
    const keys: Key[] = [];
    const delivered: Key[] = [];
    const buckets = { A: 0, B: 0, C: 0 };
    const providers = createProviderTally();
    const suppressed = { total: 0, listed: [] as LeftOut[] };
    for await (const page of inPages(source.all(), PAGE)) {
      signal.throwIfAborted();
      const leads = await screened(page, context, check);
      const isNew = await check.areNew?.(page.map(({ company }) => company.company_id));
      for (const [i, document] of page.entries()) {
        providers.add(document);
        const lead = leads[i] ?? null;
        if (lead === null) {
          suppressed.total += 1;
          if (suppressed.listed.length < LEFT_OUT_LISTED) suppressed.listed.push(leftOut(document));
          continue;
        }
        if (isNew?.[i] === false) {
          delivered.push(keyOf(lead, document));
          continue;
        }
        keys.push(keyOf(lead, document));
        buckets[lead.score.bucket] += 1;
      }
    }
    const read = async (companyIds: readonly string[]): Promise<(UnrankedLead | null)[]> => {
      signal.throwIfAborted();
      const documents = await Promise.all(companyIds.map((id) => source.find(id)));
      const gone = documents.findIndex((document) => !document);
      if (gone >= 0) throw new RangeError(`company ${companyIds[gone]} is gone while it is exported`);
      return screened(documents as CompanyDocument[], context, check);
    };
    return new RankedLeads(keys.sort(compareRank), delivered, buckets, providers.result(), suppressed, read);
  }

  /** Of a run that scores nothing. */
  static none(): RankedLeads {
    const suppressed = { total: 0, listed: [] };
    return new RankedLeads([], [], { A: 0, B: 0, C: 0 }, [], suppressed, () => Promise.resolve([]));
  }

  get count(): number {
    return this.keys.length;
  }

  /** Companies left out since they were delivered before. */
  get deliveredCount(): number {
    return this.delivered.length;
  }

  /** Companies with a problem. */
  get troubledCount(): number {
    return this.walked.filter(({ troubled }) => troubled).length;
  }

  /** Companies for which something was left out for lack of budget. */
  get outOfBudgetCount(): number {
    return this.walked.filter(({ outOfBudget }) => outOfBudget).length;
  }

  /** Who ranks where, best first. */
  *ranking(): Generator<RankedLead> {
    for (const [i, { companyId, failed }] of this.keys.entries()) {
      yield { companyId, rank: i + 1, hasContent: !failed };
    }
  }

  /** The best `most` of those with a problem. */
  async troubled(most: number): Promise<UnrankedLead[]> {
    const keys = this.walked.filter(({ troubled }) => troubled).slice(0, most);
    const leads = await this.read(keys.map(({ companyId }) => companyId));
    return leads.filter((lead) => lead !== null);
  }

  private get walked(): readonly Key[] {
    return this.delivered.length === 0 ? this.keys : [...this.keys, ...this.delivered].sort(compareRank);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Lead> {
    for (let start = 0; start < this.keys.length; start += PAGE) {
      const page = this.keys.slice(start, start + PAGE);
      const leads = await this.read(page.map(({ companyId }) => companyId));
      // A place of who was suppressed since the ranking stays empty.
      for (const [i, lead] of leads.entries()) if (lead) yield { rank: start + i + 1, ...lead };
    }
  }
}

/** The documents as leads that may leave; null for a company that is suppressed, then or now. */
async function screened(
  documents: readonly CompanyDocument[],
  context: LeadContext,
  check: LeadCheck,
): Promise<(UnrankedLead | null)[]> {
  const leads = await check.screen(documents.map((document) => toLead(document, context)));
  return leads.map((lead, i) => (documents[i]?.state === 'suppressed' ? null : lead));
}

function keyOf(lead: UnrankedLead, { steps }: CompanyDocument): Key {
  return {
    ...rankKey(lead),
    troubled: lead.status !== 'complete',
    failed: lead.status === 'failed',
    outOfBudget: steps.some(isSkippedForBudget),
  };
}

function leftOut({ company }: CompanyDocument): LeftOut {
  return { company_id: company.company_id, name: companyLabel(company) };
}
