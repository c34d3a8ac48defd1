import {
  NO_BUDGETS,
  runOutputSchema,
  type LeadScore,
  type Phase,
  type RunPlan,
  type StepRecord,
} from '#libs/contracts';
import { CompanyRepository, LeadRanks, RunRepository, journalFields, type RunRef } from '#libs/run-state';
import type { CellKeys, RedisClient } from '#libs/redis';
import { companyNumber } from '#libs/testing';

const STAGES: readonly Phase[] = ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'];

/** How a company's walk ended, or a number: well, with that score; undefined: it goes on. */
export type WalkEnd = number | 'failed' | 'suppressed' | undefined;

/** A run as workers leave it, for the API to show. */
export class LeadRun {
  private constructor(
    readonly run: RunRef,
    private readonly cell: { redis: RedisClient; keys: CellKeys },
  ) {}

  /** Planned, with candidates of which so many have ended. */
  static async going(
    cell: { redis: RedisClient; keys: CellKeys },
    {
      tenant = 'acme',
      ends,
      plan = {},
      newOnly,
    }: { tenant?: string; ends: readonly WalkEnd[]; plan?: Partial<RunPlan>; newOnly?: boolean },
  ): Promise<LeadRun> {
    const runs = new RunRepository(cell.redis, cell.keys);
    const run = await runs.create(
      {
        tenant_id: tenant,
        input: 'run full pipeline',
        mode: 'full',
        limit: 50,
        export: ['csv'],
        ...(newOnly !== undefined && { new_only: newOnly }),
      },
      { source: 'api' },
    );
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    await runs.announce(run, 'stage_completed', 'plan', 'planned', {
      plan: JSON.stringify({
        icp: {},
        stages: STAGES,
        walk: { waterfalls: {}, titles: [], max_verifications: 0, max_email_finds: 0, policies: {} },
        budgets: NO_BUDGETS,
        weight: 1,
        simulated: true,
        source_run_id: null,
        ...plan,
      }),
    });
    const made = new LeadRun({ tenantId: run.tenantId, runId: run.runId }, cell);
    if (ends.length > 0) await made.addCandidates(ends);
    return made;
  }

  get id(): string {
    return this.run.runId;
  }

  async end(n: number, end: WalkEnd, steps: readonly StepRecord[] = []): Promise<void> {
    if (end === undefined) return;
    await this.companies.finish(
      this.run,
      companyNumber(n).company_id,
      {
        state: typeof end === 'number' ? 'done' : end,
        score: typeof end === 'number' ? scored(end) : null,
        failure: end === 'failed' ? 'the vendors are down' : null,
        walkMs: 1,
      },
      steps.map((record) => ({ kind: 'step', record })),
    );
  }

  /** Ends the run as the export does: leads in the order of `ns`. */
  async complete(ns: readonly number[], buckets: { A: number; B: number; C: number }): Promise<void> {
    const { redis, keys } = this.cell;
    const leads = ns.map((n, i) => ({
      companyId: companyNumber(n).company_id,
      rank: i + 1,
      hasContent: true,
    }));
    await new LeadRanks(redis, keys).record(this.run, leads, { handedOver: true, simulated: true });
    await new RunRepository(redis, keys).transition(this.run, 'completed', {
      event: 'run_complete',
      message: 'done',
      fields: { output: JSON.stringify(outputOf(ns.length, buckets)) },
    });
  }

  /** Writes a step into the journal of a company whose walk goes on. */
  async journal(n: number, record: StepRecord): Promise<void> {
    const key = this.companies.key(this.run, companyNumber(n).company_id);
    await this.cell.redis.hset(key, journalFields({ kind: 'step', record }));
  }

  private async addCandidates(ends: readonly WalkEnd[]): Promise<void> {
    const runs = new RunRepository(this.cell.redis, this.cell.keys);
    const claim = await runs.adding.claim(this.run);
    if ('closed' in claim) throw new Error('a new run takes companies');
    for (let start = 0; start < ends.length; start += 1_000) {
      const chunk = ends.slice(start, start + 1_000).map((_, i) => ({
        company: companyNumber(start + i),
        match: { matched: true, pre_score: 50, reasons: [] },
        position: start + i + 1,
      }));
      await this.companies.create(this.run, claim.token, chunk);
    }
    await runs.adding.advance(this.run, claim.token, { cursor: ends.length, candidates: ends.length });
    await Promise.all(ends.map((end, n) => this.end(n, end)));
  }

  private get companies(): CompanyRepository {
    return new CompanyRepository(this.cell.redis, this.cell.keys);
  }
}

function scored(score: number): LeadScore {
  const bucket = score >= 70 ? 'A' : score >= 50 ? 'B' : 'C';
  return { score, bucket, confidence: 1, features: [], rationale: 'Fits.' };
}

function outputOf(leads: number, buckets: { A: number; B: number; C: number }): unknown {
  return runOutputSchema.parse({
    message: 'done',
    input: null,
    matched: leads,
    candidates: leads,
    leads,
    buckets,
    failed: [],
    failed_total: 0,
    cost_micro_usd: 0,
    usage: [],
    verdicts: [],
    warnings: [],
    nearest_misses: [],
    files: {},
    simulated: true,
  });
}
