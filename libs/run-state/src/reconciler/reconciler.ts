import { TERMINAL_RUN_STATES, type Phase, type RunState } from '#libs/contracts';
import { toError } from '#libs/kernel';
import type { RunHandover } from '../handover/run-handover';
import type { PersonPause } from '../person-pause/person-pause';
import type { RunRef } from '../run-ref';
import type { RunRepository } from '../run.repository';

/** The part of the queue the reconciler needs. */
export interface FlowPort {
  addRun(run: RunRef): Promise<void>;
  exportJob(runId: string): Promise<'live' | 'ended' | 'missing'>;
  isHeld(runId: string): Promise<boolean>;
  /** Adds the flow of a retry; false: not yet, or not any more. */
  addRetry(run: RunRef & { epoch: number }): Promise<boolean>;
  hasRetry(runId: string, epoch: number): Promise<boolean>;
}

/** The part of a person's pause that the reconciler finishes. */
export type PauseRelease = Pick<PersonPause, 'release'>;

/** What one pass repaired, by kind. */
export interface Repairs {
  /** Accepted or retried runs that had no flow: whoever made them go died between the two. */
  redriven: number;
  /** Runs whose export job ended without ending the run. */
  failed: number;
  /** Entries of runs whose record is gone. */
  forgotten: number;
  /** Runs that go on whose companies or export were still set aside: whoever paused or resumed them died half-way. */
  released: number;
}

/** A run that is to be judged: `handedOver` if it may still wait for a worker to add its flow. */
type FoundRun = RunRef & { handedOver: boolean };

/** A run this young may still be on its way into the queue. */
const GRACE_MS = 5_000;

/** Finds runs that nothing works on any more, and repairs them. Run by one process at a time; every step may be repeated. */
export class Reconciler {
  /** Runs that were going on and held at the last pass. */
  private readonly heldBefore = new Set<string>();

  constructor(
    private readonly runs: RunRepository,
    private readonly flow: FlowPort,
    private readonly pausing: PauseRelease,
    private readonly handover: Pick<RunHandover, 'oldest'>,
    /** Told of a run that could not be looked at or repaired; the pass goes on with the others. */
    private readonly onError: (run: RunRef, error: Error) => void,
  ) {}

  async pass(): Promise<Repairs> {
    const repairs: Repairs = { redriven: 0, failed: 0, forgotten: 0, released: 0 };
    const waiting = await this.handover.oldest();
    const active = await this.runs.activeRuns();
    // They are taken in the order in which they were created: whatever is older is not waiting any more.
    const waitingMs = active.find(({ runId }) => runId === waiting?.runId)?.ageMs ?? -1;
    for (const run of active) {
      if (run.ageMs < GRACE_MS) continue;
      try {
        const repaired = await this.repair({ ...run, handedOver: run.ageMs <= waitingMs });
        if (repaired !== undefined) repairs[repaired] += 1;
      } catch (error) {
        this.onError(run, toError(error));
      }
    }
    return repairs;
  }

  private async repair(run: FoundRun): Promise<keyof Repairs | undefined> {
    const state = await this.runs.state(run);
    if (state === undefined || TERMINAL_RUN_STATES.includes(state)) {
      await this.runs.forget(run);
      return 'forgotten';
    }
    switch (await this.flow.exportJob(run.runId)) {
      case 'live':
        return this.releaseUnlessPaused(run, state);
      case 'missing':
        if (run.handedOver) return undefined;
        if (await this.redriveRetry(run)) return 'redriven';
        await this.flow.addRun(run);
        await this.announceRedriven(run, 'plan');
        return 'redriven';
      case 'ended':
        if (await this.redriveRetry(run)) return 'redriven';
        return (await this.failUnlessEnded(run)) ? 'failed' : undefined;
    }
  }

  /** Whoever tried the run again died before its flow was added: the export that has ended is the one of before. */
  private async redriveRetry(run: RunRef): Promise<boolean> {
    const round = await this.runs.retries.latest(run);
    if (!round || (await this.flow.hasRetry(run.runId, round.epoch))) return false;
    const added = await this.flow.addRetry({ ...run, epoch: round.epoch });
    if (added) await this.announceRedriven(run, 'enrich');
    return added;
  }

  private async announceRedriven(run: RunRef, phase: Phase): Promise<void> {
    const message = 'Found without work in the queue: started again';
    await this.runs.announce(run, 'run_redriven', phase, message);
  }

  private async releaseUnlessPaused(run: RunRef, state: RunState): Promise<'released' | undefined> {
    if (state !== 'running' || !(await this.flow.isHeld(run.runId))) {
      this.heldBefore.delete(run.runId);
      return undefined;
    }
    // Whoever pauses a run holds it first and says so then, and may be in between: only what stays so is repaired.
    if (!this.heldBefore.delete(run.runId)) {
      this.heldBefore.add(run.runId);
      return undefined;
    }
    await this.pausing.release(run);
    return 'released';
  }

  private async failUnlessEnded(run: RunRef): Promise<boolean> {
    // The export job may have ended the run between the two looks.
    const state = await this.runs.state(run);
    if (state === undefined || TERMINAL_RUN_STATES.includes(state)) return false;
    const message = 'The export gave up after several attempts; see the log of the export worker';
    return this.runs.transition(run, 'failed', {
      event: 'run_failed',
      message,
      fields: { problem: JSON.stringify({ code: 'internal', message }) },
    });
  }
}
