import { failpoint } from '#libs/config';
import { STAGES } from '#libs/contracts';
import { noteOnSpan } from '#libs/observability';
import { DONE, hopOfJob, jobIds, type CompanyHop, type HopPlace, type StageResult } from '#libs/queue';
import { HELD, type CompanyRepository, type JournalRecord, type WalkStanding } from '#libs/run-state';
import type { WalkJob } from './walk-job';

/** A run that has paused itself for a cap goes on by itself. */
const PAUSED_LOOK_MS = 500;

/** The part of the run's flow that adds a company's next job. */
export interface HopPort {
  addHop(hop: CompanyHop, place: HopPlace): Promise<void>;
}

/**
 * Hands a walk from one job to the next: into a cap's lane (to park), or back from there. First the company names its
 * next job, then that job is added, then the one at hand is done. Whatever is lost in between, the job at hand is given
 * out again, finds that it is not the one named, adds that, and is done: never none, never two that walk.
 */
export class Continuations {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly flow: HopPort,
  ) {}

  /** `walkedMs`: what this job walked, without waiting. `unwritten`: what it knows and has not journaled. */
  async move(
    job: WalkJob,
    { lane, units }: Pick<HopPlace, 'lane' | 'units'>,
    { walkedMs, unwritten }: { walkedMs: number; unwritten: readonly JournalRecord[] },
  ): Promise<StageResult> {
    const { run, companyId, epoch, plan } = job;
    const hop = job.hop + 1;
    const move = {
      from: job.jobId,
      to: jobIds.company(run.runId, companyId, epoch, hop),
      lane,
      walkedMs,
      // A step that is being waited for goes on failing where it left off; one behind it starts anew.
      tries: lane === null ? 0 : job.attempt - 1,
    };
    const moved = await this.companies.move(run, companyId, move, unwritten);
    if (moved === 'ended') return DONE;
    noteOnSpan({ moved_to: lane ?? STAGES.enrich.queue });
    if (moved === 'taken') {
      const standing = await this.companies.standing(run, companyId);
      return this.restore(job, standing?.next ?? null);
    }
    failpoint('enrich.after_move');
    await this.flow.addHop({ ...run, companyId, epoch, hop }, { lane, units, weight: plan.weight });
    failpoint('enrich.after_hop');
    return DONE;
  }

  /** Sets the company aside until its paused run is resumed. */
  async hold(
    job: WalkJob,
    { walkedMs, unwritten }: { walkedMs: number; unwritten: readonly JournalRecord[] },
  ): Promise<StageResult> {
    const { run, companyId, jobId } = job;
    const held = await this.companies.hold(run, companyId, { jobId, walkedMs }, unwritten);
    if (held === 'go_on') return { kind: 'later', inMs: PAUSED_LOOK_MS };
    if (held !== 'taken') return DONE;
    const standing = await this.companies.standing(run, companyId);
    return this.restore(job, standing?.next ?? null);
  }

  /** Adds the job that is to walk the company, in case whoever named it died before it did. */
  async restore({ run, companyId, plan }: WalkJob, next: WalkStanding['next']): Promise<StageResult> {
    // Who is set aside is given a job by whoever resumes the run.
    if (!next || next.jobId === HELD) return DONE;
    const place = { lane: next.lane, units: next.lane === null ? 0 : 1, weight: plan.weight };
    const { jobId } = next;
    await this.flow.addHop({ ...run, companyId, ...hopOfJob(jobId), jobId }, place);
    return DONE;
  }
}
