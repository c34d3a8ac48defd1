import type { RunEvent, RunEventType, RunRecord } from '#libs/contracts';
import type { Reporter } from '../output/reporter.port';
import type { RehearsedRun } from './rehearsal-verdict';
import type { FollowListener } from '../run/follow-run';

/** What a rehearsal is watched for; who counts companies looks at a run. */
const TELLING: ReadonlySet<RunEventType> = new Set([
  'run_start',
  'vendor_closed',
  'vendor_reopened',
  'run_paused',
  'run_resumed',
  'run_needs_input',
  'run_complete',
  'run_failed',
  'run_cancelled',
  'run_redriven',
]);

/** Passes a tenant's telling events on under the tenant's name, and counts its pauses. */
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
    if (TELLING.has(event.type))
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
