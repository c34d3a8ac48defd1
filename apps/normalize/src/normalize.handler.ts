import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '#libs/cell';
import { STAGES, TERMINAL_RUN_STATES, type Phase, type RunRecord, type StagePayload } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { traced, type Logger } from '#libs/observability';
import { DONE, type StageContext, type StageHandler, type StageResult } from '#libs/queue';
import { RunRepository, type RunRef } from '#libs/run-state';
import { AddCompaniesStage } from './add-companies.stage';
import { NormalizeStage } from './normalize.stage';
import { PlanStage } from './plan/plan.stage';
import { RetryStage } from './retry.stage';

const PAUSED: StageResult = { kind: 'later', inMs: 2_000 };
const FENCED_OUT: StageResult = { kind: 'later', inMs: 1_000 };

/** Plans a run, normalizes its companies, shortlists them and adds one child per candidate, before it completes. */
@Injectable()
export class NormalizeHandler implements StageHandler<'normalize'> {
  readonly stage = 'normalize';

  constructor(
    private readonly runs: RunRepository,
    private readonly planning: PlanStage,
    private readonly normalizing: NormalizeStage,
    private readonly adding: AddCompaniesStage,
    private readonly retrying: RetryStage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle(payload: StagePayload<'normalize'>, context: StageContext): Promise<StageResult> {
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    const record = await this.runs.find(run);
    if (!record || TERMINAL_RUN_STATES.includes(record.state)) return DONE;
    if (record.state === 'paused') return PAUSED;
    try {
      await this.work(run, record, context.signal);
      return DONE;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (thrown.retry === 'never') return this.end(run, thrown);
      if (await this.leavesNothing(run, context)) await this.end(run, thrown);
      throw thrown;
    }
  }

  private async work(run: RunRef, record: RunRecord, signal: AbortSignal): Promise<void> {
    if (record.state === 'queued') {
      await this.runs.transition(run, 'running', {
        event: 'run_start',
        phase: 'plan',
        message: 'Planning',
      });
    }
    const round = await this.runs.retries.latest(run);
    const { plan: planned } = record;
    if (round && planned) {
      return asPart('add companies again', 'normalize', () => this.retrying.add(run, planned, round, signal));
    }
    const plan = planned ?? (await asPart('plan', 'plan', () => this.planning.plan(run, record)));
    if (!plan?.stages.includes('normalize')) return;
    const shortlist = await asPart('normalize and shortlist', 'normalize', () =>
      this.normalizing.shortlist(run, record, plan, signal),
    );
    await asPart('add companies', 'normalize', () => this.adding.add(run, record, plan, shortlist, signal));
  }

  /** The last attempt, and no candidate to export: whoever asked must hear the reason, and nobody else will know it. */
  private async leavesNothing(run: RunRef, { attempt, signal }: StageContext): Promise<boolean> {
    if (signal.aborted || attempt < STAGES.normalize.attempts) return false;
    return (await this.runs.field(run, 'candidates')) === undefined;
  }

  /** An error that no retry mends ends the run, unless it only means that somebody else moved it meanwhile. */
  private async end(run: RunRef, error: AppError): Promise<StageResult> {
    if (error.code === 'fenced_out') {
      this.logger.info({ event: 'fenced_out', run_id: run.runId, tenant_id: run.tenantId }, error.message);
      // Whoever took over may be a worker that was frozen and has lost this job. The job must not complete before its
      // holder has added everything: export would start without the rest.
      return FENCED_OUT;
    }
    const state = await this.runs.state(run);
    if (state === undefined || TERMINAL_RUN_STATES.includes(state)) return DONE;
    if (state === 'paused') return PAUSED;
    await this.runs.transition(run, 'failed', {
      event: 'run_failed',
      message: error.message,
      fields: { problem: JSON.stringify({ code: error.code, message: error.message }) },
    });
    return DONE;
  }
}

/** A part of the job's work, as a span of its own. */
function asPart<Result>(name: string, stage: Phase, work: () => Promise<Result>): Promise<Result> {
  return traced(() => ({ name, fields: { stage } }), work);
}
