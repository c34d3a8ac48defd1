import {
  TERMINAL_COMPANY_STATES,
  TERMINAL_RUN_STATES,
  type CompanyDocument,
  type CompanyState,
  type ListedLead,
  type RunRecord,
} from '#libs/contracts';
import { compileIcp, toLead, type LeadContext } from '#libs/domain';
import { type CompanyRepository, type LeadRanks, type RunRef } from '#libs/run-state';
import { LeadScreen, type SuppressionLists } from '#libs/tenancy';

/** By rank, once a run has ended and ranked its leads; else by place in the shortlist. */
export type LeadOrder = 'rank' | 'position';

/** Of a company that is suppressed nothing is handed over. */
const LISTED: readonly CompanyState[] = TERMINAL_COMPANY_STATES.filter((state) => state !== 'suppressed');

export interface LeadFilter {
  bucket: ListedLead['score']['bucket'] | undefined;
  minScore: number;
  newOnly: boolean;
}

/** Some leads one after the other. `last`: rank or place of the last one looked at; null: there are no more. */
export interface LeadChunk {
  leads: { at: number; lead: ListedLead }[];
  last: number | null;
}

/** Companies read at a time where all are wanted. */
const CHUNK = 100;

/** The leads of one run, at any point of its life, a chunk in memory at a time. */
export class LeadReader {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly ranks: LeadRanks,
    private readonly suppressions: SuppressionLists,
  ) {}

  async order({ state, output }: RunRecord, run: RunRef): Promise<LeadOrder> {
    const isRanked =
      TERMINAL_RUN_STATES.includes(state) && output !== null && (await this.ranks.areKnown(run));
    return isRanked ? 'rank' : 'position';
  }

  /** Looks at the next `size` companies; fewer leads come of it where the filter lets some out. */
  async chunk(
    record: RunRecord,
    order: LeadOrder,
    filter: LeadFilter,
    { after, size }: { after: number; size: number },
  ): Promise<LeadChunk> {
    if (record.plan === null) return { leads: [], last: null };
    const run = { tenantId: record.request.tenant_id, runId: record.run_id };
    const source = { ...run, runId: record.plan.source_run_id ?? run.runId };
    const context = { icp: compileIcp(record.plan.icp), simulated: record.plan.simulated };
    const asked = { ...filter, newOnly: filter.newOnly || record.request.new_only === true };
    const chunk =
      order === 'rank'
        ? await this.byRank({ record, run, source, context, filter: asked }, after, size)
        : await this.byPosition({ run, source, context, filter: asked }, after, size);
    return this.screened(run, chunk);
  }

  /** All leads that the filter lets through, one after the other. */
  async *all(record: RunRecord, order: LeadOrder, filter: LeadFilter): AsyncGenerator<ListedLead> {
    let last: number | null = 0;
    while (last !== null) {
      const chunk = await this.chunk(record, order, filter, { after: last, size: CHUNK });
      for (const { lead } of chunk.leads) yield lead;
      last = chunk.last;
    }
  }

  /** Who has come onto the tenant's suppression list since is handed over to nobody. */
  private async screened({ tenantId }: RunRef, { leads, last }: LeadChunk): Promise<LeadChunk> {
    const screen = new LeadScreen(this.suppressions, tenantId);
    const checked = await screen.screen(leads.map(({ lead }) => lead));
    return { leads: leads.flatMap(({ at }, i) => (checked[i] ? [{ at, lead: checked[i] }] : [])), last };
  }

  private async byRank(
    { record, run, source, context, filter }: ReadOf & { record: RunRecord },
    after: number,
    size: number,
  ): Promise<LeadChunk> {
    const { first, last: upTo } = ranksOf(record, filter.bucket);
    const { newOnly } = filter;
    const page = await this.ranks.page(run, {
      after: Math.max(after, first - 1),
      upTo,
      limit: size,
      newOnly,
    });
    const documents = await this.documents(source, page);
    const leads = page.flatMap(({ rank }, i) => {
      const document = documents[i];
      return document && document.state !== 'suppressed'
        ? [{ at: rank, lead: { rank, ...toLead(document, context) } }]
        : [];
    });
    const good = leads.filter(({ lead }) => lead.score.score >= filter.minScore);
    // The ranking goes by score: behind the first that is too low, all are.
    const isEnd = page.length < size || good.length < leads.length;
    return { leads: good, last: isEnd ? null : (page.at(-1)?.rank ?? null) };
  }

  private async byPosition(
    { run, source, context, filter }: ReadOf,
    after: number,
    size: number,
  ): Promise<LeadChunk> {
    const page = await this.companies.idsAfter(source, after, size);
    const documents = await this.documents(source, page);
    const companyIds = page.map(({ companyId }) => companyId);
    const isNew = filter.newOnly ? await this.ranks.areNew(run, companyIds, context) : [];
    const leads = page.flatMap(({ position }, i) => {
      const document = documents[i];
      if (!document || !LISTED.includes(document.state) || isNew[i] === false) return [];
      return [{ at: position, lead: { rank: null, ...toLead(document, context) } }];
    });
    return {
      leads: leads.filter(({ lead: { score } }) => {
        return score.score >= filter.minScore && (filter.bucket ?? score.bucket) === score.bucket;
      }),
      last: page.length < size ? null : (page.at(-1)?.position ?? null),
    };
  }

  private documents(
    run: RunRef,
    page: readonly { companyId: string }[],
  ): Promise<(CompanyDocument | undefined)[]> {
    return Promise.all(page.map(({ companyId }) => this.companies.find(run, companyId)));
  }
}

interface ReadOf {
  run: RunRef;
  /** Where the companies are: an earlier run's, if this one has enriched none. */
  source: RunRef;
  context: LeadContext;
  filter: LeadFilter;
}

/** A bucket's leads stand together in the ranking, since both go by the score. */
function ranksOf({ output }: RunRecord, bucket: LeadFilter['bucket']): { first: number; last: number } {
  const { A, B } = output?.buckets ?? { A: 0, B: 0 };
  switch (bucket) {
    case undefined:
      return { first: 1, last: Infinity };
    case 'A':
      return { first: 1, last: A };
    case 'B':
      return { first: A + 1, last: A + B };
    case 'C':
      return { first: A + B + 1, last: Infinity };
  }
}
