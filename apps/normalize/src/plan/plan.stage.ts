import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/cell';
import { tenantTerms, type Settings } from '#libs/config';
import {
  appError,
  TERMINAL_RUN_STATES,
  type Icp,
  type Phase,
  type RunPlan,
  type RunRecord,
} from '#libs/contracts';
import { parseIntent } from '#libs/domain';
import { RunRepository, type RunRef } from '#libs/run-state';
import { CellTuning } from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { pinTerms } from './pin-terms';
import { TenantWishes } from './tenant-wishes';
import { VENDORS } from './vendors.provider';

/** Decides once what a run will do, and pins it: a retry finds the plan and asks nothing again. */
@Injectable()
export class PlanStage {
  constructor(
    private readonly runs: RunRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(VENDORS) private readonly vendors: VendorRegistry,
    private readonly wishes: TenantWishes,
    @Inject(CellTuning) private readonly tuning: Pick<CellTuning, 'weight'>,
  ) {}

  /** The pinned plan; `undefined` if something is missing and the run has ended as `needs_input` with the question. */
  async plan(run: RunRef, record: RunRecord): Promise<RunPlan | undefined> {
    const started = performance.now();
    const { request } = record;
    if (request.offline === true && !this.settings.runtime.offline) {
      throw appError(
        'offline_mismatch',
        'this run is to ask no real vendor (ORCHESTRATOR_OFFLINE=1), and the workers of the cell would: ' +
          'start them with ORCHESTRATOR_OFFLINE=1 and the simulator, or unset it for the run',
      );
    }
    const intent = parseIntent(request.input, request.mode);
    if (intent.needsInput !== undefined) return this.ask(run, intent.needsInput);
    const icp = await this.wishes.icp(run.tenantId, request.icp);
    const question = missing(intent.stages, record, icp);
    if (question !== undefined) return this.ask(run, question);
    const sourceRunId = intent.stages.includes('normalize') ? null : await this.sourceRun(run, record);
    if (sourceRunId === undefined) {
      return this.ask(
        run,
        'There are no enriched companies in this thread yet. Run the full pipeline first, or wait until it has ended.',
      );
    }
    const exclusions = sourceRunId === null ? await this.wishes.pinExclusions(run) : 0;
    const plan: RunPlan = {
      ...(await this.pin(record, icp ?? {})),
      stages: [...intent.stages],
      source_run_id: sourceRunId,
      ...(exclusions > 0 && { exclusions }),
    };
    await this.runs.announce(run, 'stage_completed', 'plan', `Will do: ${intent.stages.join(', ')}`, {
      plan: JSON.stringify(plan),
    });
    await this.runs.stages.record(run, 'plan', Math.round(performance.now() - started));
    return plan;
  }

  private async pin({ request }: RunRecord, icp: Icp): Promise<Omit<RunPlan, 'stages' | 'source_run_id'>> {
    const { tenants, vendorOverrides, runtime } = this.settings;
    const terms = tenantTerms(tenants, request.tenant_id);
    const tenant = { ...terms, weight: this.tuning.weight(request.tenant_id) ?? terms.weight };
    return {
      icp,
      ...pinTerms({
        request,
        icp,
        tenant,
        vendorOverrides,
        vendors: this.vendors,
        own: await this.wishes.ownVendors(request.tenant_id),
      }),
      simulated: runtime.offline,
    };
  }

  /** The thread's latest earlier run that ended with enriched companies; `undefined` if there is none. */
  private async sourceRun(run: RunRef, record: RunRecord): Promise<string | undefined> {
    for (const runId of await this.runs.runsOfThread(run.tenantId, record.thread_id)) {
      if (runId === run.runId) continue;
      const earlier = await this.runs.find({ tenantId: run.tenantId, runId });
      if (!earlier || !TERMINAL_RUN_STATES.includes(earlier.state)) continue;
      if (earlier.counters.candidates > 0 && earlier.plan?.stages.includes('enrich')) return runId;
    }
    return undefined;
  }

  private async ask(run: RunRef, question: string): Promise<undefined> {
    await this.runs.transition(run, 'needs_input', {
      event: 'run_needs_input',
      phase: 'plan',
      message: question,
      fields: { problem: JSON.stringify({ code: 'needs_input', message: question }) },
    });
  }
}

/** What a run that starts from companies cannot do without, as the question to its caller. */
function missing(stages: readonly Phase[], { request }: RunRecord, icp: Icp | undefined): string | undefined {
  if (!stages.includes('normalize')) return undefined;
  if (request.dataset_key === undefined) {
    return 'Which companies? Pass a CSV or JSONL file (--companies FILE, or "companies" over HTTP).';
  }
  if (icp === undefined) {
    return (
      'Who is the ideal customer? Pass a profile (--icp-payload \'{"industries":["software"]}\', or "icp_payload" ' +
      'over HTTP), or store one (PUT /api/tenants/me/icp); {} takes every company.'
    );
  }
  return undefined;
}
