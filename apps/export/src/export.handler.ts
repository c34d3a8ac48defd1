import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE } from '#libs/cell';
import {
  runPlanSchema,
  STAGES,
  TERMINAL_RUN_STATES,
  type CompanyDocument,
  type RunOutput,
  type RunPlan,
  type RunRequest,
  type RunState,
  type StagePayload,
} from '#libs/contracts';
import { compileIcp } from '#libs/domain';
import { failpoint } from '#libs/config';
import { AppError, counted, toError } from '#libs/kernel';
import { objectKeys, type ObjectStorage, type RunFile } from '#libs/object-storage';
import { DONE, type StageContext, type StageHandler, type StageResult } from '#libs/queue';
import {
  CompanyRepository,
  LeadRanks,
  RunRepository,
  stageMsField,
  UsageBook,
  type RunHash,
  type RunRef,
} from '#libs/run-state';
import { buildRunOutput } from './run-output';
import { LeadSinks } from './lead-sinks';
import { RankedLeads, type LeadCheck } from './ranked-leads';

/** What normalize leaves of a run. */
const INPUT_FILES: readonly RunFile[] = [
  'mapping.json',
  'normalized.jsonl',
  'rejects.jsonl',
  'shortlist.jsonl',
];
/** Failed companies named in the run's output; the leads file lists all. */
const FAILED_LISTED = 100;
const PAUSED: StageResult = { kind: 'later', inMs: 2_000 };

/** Ends a run: judges it by its companies, ranks the leads, writes the sinks and the summary. */
@Injectable()
export class ExportHandler implements StageHandler<'export'> {
  readonly stage = 'export';

  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly sinks: LeadSinks,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
    private readonly ranks: LeadRanks,
    private readonly usage: UsageBook,
  ) {}

  async handle(payload: StagePayload<'export'>, context: StageContext): Promise<StageResult> {
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    try {
      const result = await this.work(run, context);
      if (result === DONE) await this.usage.book(run);
      return result;
    } catch (thrown) {
      const error = toError(thrown);
      const final = error instanceof AppError && error.retry === 'never';
      if (context.signal.aborted || (!final && context.attempt < STAGES.export.attempts)) throw error;
      return this.giveUp(run, error);
    }
  }

  private async work(run: RunRef, context: StageContext): Promise<StageResult> {
    const state = await this.runs.adding.close(run);
    if (TERMINAL_RUN_STATES.includes(state)) return DONE;
    if (state === 'paused') return PAUSED;
    // A child that slipped in before the door closed is waited for, before any sink is touched.
    if ((await context.pendingChildren()) > 0) return { kind: 'children' };
    const hash = await this.runs.hash(run);
    if (hash?.plan === undefined) return this.failUnprepared(run);
    const plan = runPlanSchema.parse(JSON.parse(hash.plan));
    if (plan.source_run_id === null && hash.candidates === undefined) return this.failUnprepared(run);
    await this.judgeWalks(run, hash);
    await this.export(run, plan, context.signal);
    return DONE;
  }

  /** Enrich is over: its slowest company is held against the budget. Said once, unless a retry's was slower still. */
  private async judgeWalks(run: RunRef, hash: RunHash): Promise<void> {
    const { enrich_ms_max: slowest } = hash;
    if (slowest === undefined || slowest === hash[stageMsField('enrich')]) return;
    await this.runs.stages.record(run, 'enrich', Number(slowest));
  }

  private async export(run: RunRef, plan: RunPlan, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const { request } = await this.runs.get(run);
    const leads = await this.rankedLeads(run, plan, request, signal);
    if (plan.stages.includes('score')) {
      // Refused once the run has been cancelled: then nothing leaves.
      const ranked = `${counted(leads.count, 'company', 'companies')} scored and ranked`;
      if (!(await this.runs.announce(run, 'stage_completed', 'score', ranked))) return;
    }
    let files: Record<string, string> = {};
    if (plan.stages.includes('export')) {
      await this.runs.announce(run, 'stage_started', 'export', `Writing ${request.export.join(' and ')}`);
      failpoint('export.before_sink');
      files = await this.sinks.write(run, request.export, leads, signal);
      failpoint('export.after_sink');
    }
    const tookMs = Math.round(performance.now() - started);
    await this.runs.stages.record(run, 'export', tookMs, leads.count);
    signal.throwIfAborted();
    await this.finish(run, plan, leads, files);
  }

  private rankedLeads(
    run: RunRef,
    plan: RunPlan,
    request: RunRequest,
    signal: AbortSignal,
  ): Promise<RankedLeads> {
    if (!plan.stages.includes('score')) return Promise.resolve(RankedLeads.none());
    const from = plan.source_run_id === null ? run : { ...run, runId: plan.source_run_id };
    const walked = plan.stages.includes('enrich');
    const source = {
      all: () => (walked ? this.endedCompanies(from) : this.companies.all(from)),
      find: (companyId: string) => this.companies.find(from, companyId),
    };
    const { simulated } = plan;
    const onlyNew = request.new_only === true && plan.stages.includes('export');
    const screen = this.sinks.screenFor(run);
    const check: LeadCheck = {
      screen: (leads) => screen.screen(leads),
      ...(onlyNew && { areNew: (companyIds) => this.ranks.areNew(run, companyIds, { simulated }) }),
    };
    return RankedLeads.of(source, { icp: compileIcp(plan.icp), simulated }, check, signal);
  }

  private async *endedCompanies(run: RunRef): AsyncGenerator<CompanyDocument> {
    for await (const document of this.companies.all(run)) {
      yield document.state === 'pending' ? await this.endAbandoned(run, document) : document;
    }
  }

  /** No job of the company is left and its walk has not ended: its workers crashed or hung too often. */
  private async endAbandoned(run: RunRef, document: CompanyDocument): Promise<CompanyDocument> {
    const { company_id: companyId } = document.company;
    const failure = 'no worker could finish it, see the log of the enrich workers';
    await this.companies.finish(run, companyId, { state: 'failed', score: null, failure, walkMs: 0 });
    // Read again: a walker thought dead may have come first.
    return (await this.companies.find(run, companyId)) ?? document;
  }

  private async finish(
    run: RunRef,
    plan: RunPlan,
    leads: RankedLeads,
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    const hash = (await this.runs.hash(run)) ?? {};
    const fileKey = (file: RunFile): string => objectKeys.runFile(run.tenantId, run.runId, file);
    const left: readonly RunFile[] = [
      ...(plan.stages.includes('normalize') ? INPUT_FILES : []),
      ...(plan.exclusions === undefined ? [] : (['exclusions.jsonl'] as const)),
      'summary.json',
    ];
    const candidates = plan.source_run_id === null ? Number(hash.candidates ?? 0) : 0;
    const output = buildRunOutput({
      hash,
      leads: {
        count: leads.count,
        buckets: leads.buckets,
        troubledCount: leads.troubledCount,
        troubled: await leads.troubled(FAILED_LISTED),
        providers: leads.providers,
        outOfBudgetCount: leads.outOfBudgetCount,
        suppressed: leads.suppressed,
        deliveredCount: leads.deliveredCount,
      },
      files: {
        ...files,
        ...Object.fromEntries(left.map((file) => [file.replace(/\..*$/, ''), fileKey(file)])),
      },
      plan,
      neverStarted: Math.max(0, candidates - (await this.companies.count(run))),
    });
    await this.storage.write(fileKey('summary.json'), `${JSON.stringify(output, null, 2)}\n`);
    // What a cancelled run has written is handed to nobody.
    if (!(await this.runs.announce(run, 'stage_completed', 'summary', output.message))) return;
    await this.ranks.record(run, leads.ranking(), {
      handedOver: plan.stages.includes('export'),
      simulated: plan.simulated,
    });
    await this.runs.transition(run, endState(output), {
      event: 'run_complete',
      phase: 'summary',
      message: output.message,
      fields: { output: JSON.stringify(output) },
    });
  }

  /** Normalize gave up: the run has no shortlist to export. */
  private async failUnprepared(run: RunRef): Promise<StageResult> {
    const message = 'Normalizing failed after several attempts; see the log of the normalize worker';
    return this.fail(run, { code: 'internal', message });
  }

  /** The last attempt failed, too. What it had written of a file is gone; a whole file of an earlier attempt stays. */
  private async giveUp(run: RunRef, error: Error): Promise<StageResult> {
    const state = await this.runs.state(run);
    if (state === undefined || TERMINAL_RUN_STATES.includes(state)) return DONE;
    if (state === 'paused') return PAUSED;
    const known = error instanceof AppError;
    await this.fail(run, {
      code: known ? error.code : 'internal',
      message: known ? error.message : 'The export failed; see the log of the export worker',
    });
    throw error;
  }

  private async fail(run: RunRef, problem: { code: string; message: string }): Promise<StageResult> {
    await this.usage.book(run);
    const fields = { problem: JSON.stringify(problem) };
    await this.runs.transition(run, 'failed', { event: 'run_failed', message: problem.message, fields });
    return DONE;
  }
}

function endState(output: RunOutput): RunState {
  return output.failed_total > 0 ? 'partial' : 'completed';
}
