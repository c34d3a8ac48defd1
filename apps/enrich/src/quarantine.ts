import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '#libs/cell';
import type { Logger } from '#libs/observability';
import { DONE, type StageContext, type StageResult } from '#libs/queue';
import { CompanyRepository, type RunRef } from '#libs/run-state';

/**
 * A worker has hundreds of companies in hand when it dies. Those of a first death are walked again so many at a time in each
 * process: few enough to go through one by one if the worker dies once more, enough not to hold up a run of which a worker
 * died for another reason.
 */
const TOGETHER_MOST = 25;
/** From so many deaths on, one by one. */
const ALONE_FROM = 2;
const AGAIN_MS = 1_000;
/** So long nobody new is walked together, so that one comes to be walked alone. */
const ROOM_FOR_ALONE_MS = 3_000;
/** What is listed of a company that is given up because workers die of it. */
export const POISON = 'poison: worker processes die while they walk it, so it is not tried again';

export interface SuspectJob {
  run: RunRef;
  companyId: string;
  /** Of the job's context. */
  jobId: string;
  lostBy: StageContext['lostBy'];
}

/**
 * Finds the company that workers die of: after one death among at most 25, after two by walking it apart from all others
 * that are suspected. If the worker dies of that too, the company ends as failed, and the others go on: three deaths at one
 * hop are the end, and bystanders are not taken for the cause. A job that was never lost costs nothing here.
 */
@Injectable()
export class Quarantine {
  private together = 0;
  private alone = false;
  private roomForAloneUntil = 0;

  constructor(
    private readonly companies: CompanyRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async walk(job: SuspectJob, walk: () => Promise<StageResult>): Promise<StageResult> {
    if (job.lostBy === 0) return walk();
    // Who is turned away is in no hand, and cannot be lost once more with those that are.
    return job.lostBy < ALONE_FROM ? this.amongOthers(walk) : this.apart(job, walk);
  }

  private async amongOthers(walk: () => Promise<StageResult>): Promise<StageResult> {
    const isRoomForAlone = performance.now() < this.roomForAloneUntil;
    if (this.alone || isRoomForAlone || this.together >= TOGETHER_MOST) {
      return { kind: 'later', inMs: AGAIN_MS };
    }
    this.together += 1;
    try {
      return await walk();
    } finally {
      this.together -= 1;
    }
  }

  private async apart(job: SuspectJob, walk: () => Promise<StageResult>): Promise<StageResult> {
    if (this.alone || this.together > 0) {
      this.roomForAloneUntil = performance.now() + ROOM_FOR_ALONE_MS;
      return { kind: 'later', inMs: AGAIN_MS };
    }
    this.alone = true;
    try {
      return await this.walkAlone(job, walk);
    } finally {
      this.alone = false;
    }
  }

  private async walkAlone(job: SuspectJob, walk: () => Promise<StageResult>): Promise<StageResult> {
    const { run, companyId, jobId } = job;
    if ((await this.companies.walkAlone(run, companyId, jobId)) === 'fatal') return this.giveUp(job);
    try {
      return await walk();
    } finally {
      await this.companies.walkedAlone(run, companyId);
    }
  }

  private async giveUp({ run, companyId, lostBy }: SuspectJob): Promise<StageResult> {
    const ids = { tenant_id: run.tenantId, run_id: run.runId, company_id: companyId };
    this.logger.error(
      { event: 'company_poisoned', ...ids, deaths: lostBy },
      'workers die of a company: it is given up',
    );
    await this.companies.finish(run, companyId, { state: 'failed', score: null, failure: POISON, walkMs: 0 });
    return DONE;
  }
}
