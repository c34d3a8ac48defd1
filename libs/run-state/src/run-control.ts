import type { CompanyRepository } from './company.repository';
import { PersonPause, type HoldFlow } from './person-pause/person-pause';
import type { RunRef } from './run-ref';
import type { RunRepository } from './run.repository';

/** What a person may tell a run to do, the same whatever surface it comes through. Doing it twice changes nothing. */
export class RunControl {
  private readonly pausing: PersonPause;

  constructor(
    private readonly runs: RunRepository,
    companies: CompanyRepository,
    flow: HoldFlow,
  ) {
    this.pausing = new PersonPause(runs, companies, flow);
  }

  /** From now on no vendor is called for the run; nothing is lost. False if a person had paused it. Throws `illegal_transition`. */
  pause(run: RunRef, who: string): Promise<boolean> {
    return this.pausing.pause(run, who);
  }

  /** A paused run goes on where it was. False if it goes on anyway. Throws `illegal_transition`, also where it waits for a cap. */
  resume(run: RunRef, who: string): Promise<boolean> {
    return this.pausing.resume(run, who);
  }

  /** From now on no vendor is called for the run, for good. False if it was cancelled. Throws `illegal_transition`. */
  cancel(run: RunRef, who: string): Promise<boolean> {
    return this.runs.transition(run, 'cancelled', { event: 'run_cancelled', message: `Cancelled by ${who}` });
  }
}
