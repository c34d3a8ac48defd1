import { appError, TERMINAL_RUN_STATES } from '#libs/contracts';
import { HELD, type CompanyRepository } from '../company.repository';
import type { RunRef } from '../run-ref';
import type { RunRepository } from '../run.repository';

/** The part of a run's flow that pausing needs. */
export interface HoldFlow {
  /** Keeps the run's export waiting, whatever its companies do. Doing it again changes nothing. */
  hold(run: RunRef): Promise<void>;
  /** Ends that. */
  release(run: RunRef): Promise<void>;
  /** The name of the job that walks the company first in this epoch. */
  firstJob(run: RunRef, companyId: string, epoch: number): string;
  /** Adds the company's job of that name. Doing it again changes nothing. */
  addNamed(run: WeightedRun, companyId: string, next: { jobId: string; lane: string | null }): Promise<void>;
}

/** A run with its tenant's share against others'. */
type WeightedRun = RunRef & { weight: number };

/** Companies given back to the queue at a time. */
const CHUNK = 200;

/**
 * A person's pause. First the export is kept waiting, then the state flips: from then on no vendor is called for the run,
 * and its companies are set aside as their jobs come up. Resuming flips the state first, gives the companies new jobs,
 * and lets the export go last. Whatever is interrupted in between is repaired by `release`, which may be repeated.
 */
export class PersonPause {
  constructor(
    private readonly runs: RunRepository,
    private readonly companies: CompanyRepository,
    private readonly flow: HoldFlow,
  ) {}

  /** False if it was paused by a person already. Throws `illegal_transition` or `run_not_found`. */
  async pause(run: RunRef, who: string): Promise<boolean> {
    const { counters } = await this.runs.get(run);
    await this.flow.hold(run);
    const message = `Paused by ${who}; ${counters.done + counters.failed} of ${counters.candidates} companies enriched`;
    try {
      return await this.runs.transition(run, 'paused', {
        event: 'run_paused',
        message,
        fields: { pause_reason: 'person' },
      });
    } finally {
      await this.holdAsPaused(run);
    }
  }

  /**
   * False if it was not paused. Throws `illegal_transition` for a run that has ended, and for one that waits for a cap: it
   * goes on by itself.
   */
  async resume(run: RunRef, who: string): Promise<boolean> {
    const { state, pause_reason: reason } = await this.runs.get(run);
    if (state === 'paused' && reason === 'vendor_cap') {
      throw appError(
        'illegal_transition',
        `run ${run.runId} waits for a vendor's cap and goes on by itself when it opens`,
      );
    }
    if (TERMINAL_RUN_STATES.includes(state)) {
      throw appError('illegal_transition', `run ${run.runId} is ${state}: it cannot be resumed`);
    }
    if (state !== 'paused') return false;
    const moved = await this.runs.transition(run, 'running', {
      event: 'run_resumed',
      message: `Resumed by ${who}`,
    });
    await this.release(run);
    return moved;
  }

  /** Gives the companies that were set aside back to the queue, then lets the export go. */
  async release(run: RunRef): Promise<void> {
    const epoch = await this.runs.nextEpoch(run);
    const weight = (await this.runs.find(run))?.plan?.weight ?? 1;
    for (;;) {
      const held = await this.companies.held(run, CHUNK);
      if (held.length === 0) break;
      await Promise.all(held.map((companyId) => this.giveBack({ ...run, weight }, companyId, epoch)));
    }
    await this.holdAsPaused(run);
  }

  /**
   * The export is held if, and only if, the run is paused by a person. Somebody may pause or resume it at the same time: who
   * changes the hold looks at the run afterwards, so that the last one leaves the two in step.
   */
  private async holdAsPaused(run: RunRef): Promise<void> {
    const isPaused = async (): Promise<boolean> => (await this.runs.field(run, 'pause_reason')) === 'person';
    for (;;) {
      const paused = await isPaused();
      if (paused) await this.flow.hold(run);
      else await this.flow.release(run);
      if ((await isPaused()) === paused) return;
    }
  }

  private async giveBack(run: WeightedRun, companyId: string, epoch: number): Promise<void> {
    const to = this.flow.firstJob(run, companyId, epoch);
    const move = { from: HELD, to, lane: null, walkedMs: 0, tries: 0 };
    const moved = await this.companies.move(run, companyId, move);
    if (moved === 'moved') await this.flow.addNamed(run, companyId, { jobId: to, lane: null });
    // Given a job by somebody who may have died before adding it.
    const next = moved === 'taken' ? (await this.companies.standing(run, companyId))?.next : null;
    if (next) await this.flow.addNamed(run, companyId, next);
    await this.companies.forgetHeld(run, companyId);
  }
}
