import { TERMINAL_COMPANY_STATES, type WalkState } from '#libs/contracts';
import { applyRecord, nextStep, scoreLead, type WalkRecord } from '#libs/domain';
import { DONE, type StageResult } from '#libs/queue';
import type { CompanyRepository } from '#libs/run-state';
import type { GatedCall } from './gated-call';
import type { WaitClock, WalkJob } from './walk-job';

/**
 * Walks one company from where its journal ends to its score: the pure `nextStep` decides, this loop acts. A repeated
 * or stalled job walks again from stored state; what was bought before comes back from the ledger.
 */
export class CompanyWalk {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly calls: GatedCall,
  ) {}

  async advance(job: WalkJob): Promise<StageResult> {
    const document = await this.companies.find(job.run, job.companyId);
    if (!document || TERMINAL_COMPANY_STATES.includes(document.state)) return DONE;

    const started = performance.now();
    const clock: WaitClock = { waitedMs: 0 };
    let state: WalkState = document;
    // Decided without a call, so any walker decides them again: written once, with the end of the walk.
    const unwritten: WalkRecord[] = [];
    for (;;) {
      const next = nextStep(state, job.plan.walk);
      if (next.kind === 'finished') break;
      if (next.kind === 'end') {
        const record: WalkRecord = { kind: 'step', record: next.record };
        state = applyRecord(state, record);
        unwritten.push(record);
        continue;
      }
      const result = await this.calls.make(next, job, clock);
      if (result.kind === 'later') return result;
      if (result.kind === 'stopped') return DONE;
      state = applyRecord(state, result.record);
      if (!result.written) unwritten.push(result.record);
    }
    await this.companies.finish(
      job.run,
      job.companyId,
      {
        state: 'done',
        score: scoreLead(state, job.plan.icp),
        failure: null,
        walkMs: performance.now() - started - clock.waitedMs,
      },
      unwritten,
    );
    return DONE;
  }
}
