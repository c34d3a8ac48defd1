import { Injectable } from '@nestjs/common';
import { failpoint } from '#libs/config';
import type { CompanyDocument, RunPlan } from '#libs/contracts';
import { companyRetry, RETRY_CAUSES } from '#libs/domain';
import { counted } from '#libs/kernel';
import { RunFlow } from '#libs/queue';
import {
  CompanyRepository,
  RunRepository,
  type ReopenedCompany,
  type RunRef,
  type RunRetryRound,
} from '#libs/run-state';

const CHUNK = 200;

/**
 * Opens those companies of a retried run again that ended in an error or in doubt, and adds a child of the new export for
 * each: as `AddCompaniesStage`, in the shortlist's order, chunk by chunk, under the fence.
 */
@Injectable()
export class RetryStage {
  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly flow: RunFlow,
  ) {}

  /** Throws `fenced_out` if another worker takes over meanwhile. */
  async add(run: RunRef, plan: RunPlan, round: RunRetryRound, signal: AbortSignal): Promise<void> {
    const claim = await this.runs.adding.claim(run);
    if ('closed' in claim) return;
    let cursor = 0;
    let opened = 0;
    for await (const chunk of this.chunks(run)) {
      cursor += chunk.length;
      if (cursor <= round.cursor) continue;
      signal.throwIfAborted();
      const again = chunk.flatMap((document) => this.reopened(run, document, round));
      const ids =
        again.length === 0
          ? []
          : await this.companies.reopen(run, { fenceToken: claim.token, epoch: round.epoch }, again);
      failpoint('retry.before_add');
      const children = ids.map((companyId) => ({ companyId }));
      await this.flow.addCompanies(
        { ...run, epoch: round.epoch, weight: plan.weight },
        claim.token,
        children,
      );
      await this.runs.retries.advance(run, round.epoch, cursor);
      opened += ids.length;
    }
    const companies = counted(opened, 'company', 'companies');
    await this.runs.announce(run, 'stage_started', 'enrich', `Enriching ${companies} again`);
  }

  private async *chunks(run: RunRef): AsyncGenerator<CompanyDocument[]> {
    let chunk: CompanyDocument[] = [];
    for await (const document of this.companies.all(run, CHUNK)) {
      chunk.push(document);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  /** One that is open was opened by this retry, before its worker died. */
  private reopened(
    run: RunRef,
    document: CompanyDocument,
    { epoch, causes }: RunRetryRound,
  ): ReopenedCompany[] {
    const { company_id: companyId } = document.company;
    const firstJob = this.flow.firstJob(run, companyId, epoch);
    if (document.state === 'pending') return [{ companyId, firstJob, steps: [], tried: [] }];
    const include = RETRY_CAUSES.filter((cause) => causes.includes(cause));
    const retry = companyRetry(document, include);
    return retry ? [{ companyId, firstJob, steps: retry.steps, tried: retry.tried }] : [];
  }
}
