import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE } from '#libs/cell';
import {
  runPlanSchema,
  TERMINAL_RUN_STATES,
  type Lead,
  type RunOutput,
  type RunPlan,
  type RunState,
  type StagePayload,
} from '#libs/contracts';
import { compileIcp, rankLeads, toLead, type UnrankedLead } from '#libs/domain';
import { failpoint } from '#libs/config';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import { DONE, type StageContext, type StageHandler, type StageResult } from '#libs/queue';
import { CompanyRepository, RunRepository, type RunHash, type RunRef } from '#libs/run-state';
import { buildRunOutput } from './run-output';
import { LeadSinks } from './lead-sinks';

/** Ends a run: judges it by its companies, ranks the leads, writes the sinks and the summary. */
@Injectable()
export class ExportHandler implements StageHandler<'export'> {
  readonly stage = 'export';

  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly sinks: LeadSinks,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
  ) {}

  async handle(payload: StagePayload<'export'>, context: StageContext): Promise<StageResult> {
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    const state = await this.runs.closeAdding(run);
    if (TERMINAL_RUN_STATES.includes(state)) return DONE;
    // A child that slipped in before the door closed is waited for, before any sink is touched.
    if ((await context.pendingChildren()) > 0) return { kind: 'children' };
    const hash = await this.runs.hash(run);
    if (hash?.plan === undefined) return this.failUnprepared(run);
    const plan = runPlanSchema.parse(JSON.parse(hash.plan));
    if (hash.input === undefined && plan.source_run_id === null) return this.failUnprepared(run);
    await this.export(run, hash, plan, context.signal);
    return DONE;
  }

  private async export(run: RunRef, hash: RunHash, plan: RunPlan, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const leads = await this.rankedLeads(run, plan);
    await this.runs.announce(run, 'stage_completed', 'score', `${leads.length} companies scored and ranked`);
    let files: Record<string, string> = {};
    if (plan.stages.includes('export')) {
      const { request } = await this.runs.get(run);
      await this.runs.announce(run, 'stage_started', 'export', `Writing ${request.export.join(' and ')}`);
      failpoint('export.before_sink');
      files = await this.sinks.write(run, request.export, leads, signal);
      failpoint('export.after_sink');
    }
    await this.runs.recordStage(run, 'export', Math.round(performance.now() - started));
    await this.finish(run, hash, plan, leads, files);
  }

  private async rankedLeads(run: RunRef, plan: RunPlan): Promise<readonly Lead[]> {
    if (!plan.stages.includes('score')) return [];
    const context = { icp: compileIcp(plan.icp), simulated: plan.simulated };
    const leads: UnrankedLead[] = [];
    const source = plan.source_run_id === null ? run : { ...run, runId: plan.source_run_id };
    for await (const document of this.companies.all(source)) leads.push(toLead(document, context));
    return rankLeads(leads);
  }

  private async finish(
    run: RunRef,
    before: RunHash,
    plan: RunPlan,
    leads: readonly Lead[],
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    const hash = (await this.runs.hash(run)) ?? before;
    const inputFiles = Object.fromEntries(
      (['mapping.json', 'normalized.jsonl', 'rejects.jsonl', 'shortlist.jsonl', 'summary.json'] as const).map(
        (file) => [file.replace(/\..*$/, ''), objectKeys.runFile(run.tenantId, run.runId, file)],
      ),
    );
    const output = buildRunOutput({
      hash,
      leads,
      files: { ...files, ...inputFiles },
      simulated: plan.simulated,
    });
    const summary = objectKeys.runFile(run.tenantId, run.runId, 'summary.json');
    await this.storage.write(summary, `${JSON.stringify(output, null, 2)}\n`);
    await this.runs.announce(run, 'stage_completed', 'summary', output.message);
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
    await this.runs.transition(run, 'failed', {
      event: 'run_failed',
      message,
      fields: { problem: JSON.stringify({ code: 'internal', message }) },
    });
    return DONE;
  }
}

function endState(output: RunOutput): RunState {
  return output.failed_total > 0 ? 'partial' : 'completed';
}
