import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '#libs/cell';
import { TERMINAL_RUN_STATES, type RunRecord, type StagePayload } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { DONE, type StageContext, type StageHandler, type StageResult } from '#libs/queue';
import { RunRepository, type RunRef } from '#libs/run-state';
import { AddCompaniesStage } from './add-companies.stage';
import { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';

/** Plans a run, normalizes its companies, shortlists them and adds one child per candidate, before it completes. */
@Injectable()
export class NormalizeHandler implements StageHandler<'normalize'> {
  readonly stage = 'normalize';

  constructor(
    private readonly runs: RunRepository,
    private readonly planning: PlanStage,
    private readonly normalizing: NormalizeStage,
    private readonly adding: AddCompaniesStage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle(payload: StagePayload<'normalize'>, context: StageContext): Promise<StageResult> {
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    const record = await this.runs.find(run);
    if (!record || TERMINAL_RUN_STATES.includes(record.state)) return DONE;
    try {
      await this.work(run, record, context.signal);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.retry !== 'never') throw thrown;
      await this.end(run, thrown);
    }
    return DONE;
  }

  private async work(run: RunRef, record: RunRecord, signal: AbortSignal): Promise<void> {
    if (record.state === 'queued') {
      await this.runs.transition(run, 'running', {
        event: 'run_start',
        phase: 'plan',
        message: 'Planning',
      });
    }
    const plan = record.plan ?? (await this.planning.plan(run, record));
    if (!plan?.stages.includes('normalize')) return;
    const shortlist = await this.normalizing.shortlist(run, record, plan, signal);
    await this.adding.add(run, record, plan, shortlist);
  }

  /** An error that no retry mends ends the run, unless it only means that another worker goes on with it. */
  private async end(run: RunRef, error: AppError): Promise<void> {
    if (error.code === 'fenced_out') {
      this.logger.info({ event: 'fenced_out', run_id: run.runId, tenant_id: run.tenantId }, error.message);
      return;
    }
    await this.runs.transition(run, 'failed', {
      event: 'run_failed',
      message: error.message,
      fields: { problem: JSON.stringify({ code: error.code, message: error.message }) },
    });
  }
}
