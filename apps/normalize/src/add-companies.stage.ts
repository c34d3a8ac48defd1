import { Injectable } from '@nestjs/common';
import { failpoint } from '#libs/config';
import type { RunPlan, RunRecord } from '#libs/contracts';
import { counted } from '#libs/kernel';
import { RunFlow } from '#libs/queue';
import { CompanyRepository, RunRepository, type Candidate, type RunRef } from '#libs/run-state';

const CHUNK = 500;

/**
 * Stores the candidates and adds a child of the export for each. A durable cursor after every chunk bounds what a crash
 * repeats to one chunk; the fence keeps a worker that was taken over from adding anything.
 */
@Injectable()
export class AddCompaniesStage {
  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly flow: RunFlow,
  ) {}

  /** Throws `fenced_out` if another worker takes over meanwhile. */
  async add(
    run: RunRef,
    { epoch }: Pick<RunRecord, 'epoch'>,
    plan: RunPlan,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<void> {
    const claim = await this.runs.claimFence(run);
    if ('closed' in claim) return;
    const advance = (cursor: number): Promise<void> =>
      this.runs.advanceAdding(run, claim.token, { cursor, candidates: candidates.length });
    await advance(claim.cursor);
    const walk = plan.stages.includes('enrich');
    for (let start = claim.cursor; start < candidates.length; start += CHUNK) {
      signal.throwIfAborted();
      const chunk = candidates.slice(start, start + CHUNK);
      const pending = new Set(await this.companies.create(run, claim.token, chunk));
      failpoint('normalize.before_add');
      if (walk) {
        const children = chunk
          .filter(({ company }) => pending.has(company.company_id))
          .map(({ company, position }) => ({ companyId: company.company_id, position }));
        await this.flow.addCompanies({ ...run, epoch }, claim.token, children);
      }
      failpoint('normalize.after_add');
      await advance(start + chunk.length);
    }
    if (walk && candidates.length > 0) {
      const companies = counted(candidates.length, 'company', 'companies');
      await this.runs.announce(run, 'stage_started', 'enrich', `Enriching ${companies}`);
    }
  }
}
