import type { RunEvent, RunRecord } from '#libs/contracts';
import type { Reporter } from '../output/reporter.port';
import type { RehearsedRun } from './rehearsal-verdict';
import type { FollowListener } from '../run/follow-run';

/** Passes a tenant's events on under the tenant's name, and counts its pauses. */
export class WatchedRun implements FollowListener {
  private pauses = 0;
  private resumes = 0;
  private pauseMessage: string | null = null;

  constructor(
    private readonly tenant: string,
    private readonly reporter: Reporter,
  ) {}

  event(event: RunEvent): void {
    if (event.type === 'run_paused') {
      this.pauses += 1;
      this.pauseMessage ??= event.message;
    }
    if (event.type === 'run_resumed') this.resumes += 1;
    this.reporter.event({ ...event, message: `${this.tenant}: ${event.message}` });
  }

  heartbeat(run: RunRecord): void {
    this.reporter.heartbeat(run);
  }

  outcome({ state, counters }: RunRecord): RehearsedRun {
    const { tenant, pauses, resumes, pauseMessage } = this;
    return { tenant, state, companies: counters.candidates, pauses, resumes, pauseMessage };
  }
}
