import { Injectable } from '@nestjs/common';
import { failpoint } from '#libs/config';
import { STAGES, type StagePayload } from '#libs/contracts';
import { AppError, errorCode, toError } from '#libs/kernel';
import { DONE, type StageContext, type StageHandler, type StageResult } from '#libs/queue';
import { CompanyRepository, type RunRef } from '#libs/run-state';
import { PlanCache } from './plan-cache';
import { Quarantine } from './quarantine';
import { CompanyWalk } from './walk/company-walk';

/** Walks one company of a run. */
@Injectable()
export class EnrichHandler implements StageHandler<'enrich'> {
  readonly stage = 'enrich';

  constructor(
    private readonly plans: PlanCache,
    private readonly walk: CompanyWalk,
    private readonly companies: CompanyRepository,
    private readonly quarantine: Quarantine,
  ) {}

  async handle(payload: StagePayload<'enrich'>, context: StageContext): Promise<StageResult> {
    const { companyId, epoch, hop } = payload;
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    const plan = await this.plans.get(run);
    if (!plan) return DONE;
    const { jobId, lane, attempt, lostBy, signal } = context;
    try {
      return await this.quarantine.walk({ run, companyId, jobId, lostBy }, () => {
        failpoint('enrich.walk', companyId);
        return this.walk.advance({ run, companyId, epoch, hop, jobId, lane, attempt, plan, signal });
      });
    } catch (thrown) {
      if (attempt < STAGES.enrich.attempts || isTakenAway(signal)) throw thrown;
      return this.giveUp(run, companyId, toError(signal.aborted ? signal.reason : thrown));
    }
  }

  /** The last attempt failed too: the company ends with its reason, the run goes on. */
  private async giveUp(run: RunRef, companyId: string, error: Error): Promise<StageResult> {
    const failure = error instanceof AppError ? error.message : 'internal error while enriching';
    await this.companies.finish(run, companyId, { state: 'failed', score: null, failure, walkMs: 0 });
    throw error;
  }
}

/** Somebody else has the job, or will have: nothing of it is over. A job that is out of time is nobody else's. */
function isTakenAway({ aborted, reason }: AbortSignal): boolean {
  return aborted && errorCode(reason) !== 'stage_timeout';
}
