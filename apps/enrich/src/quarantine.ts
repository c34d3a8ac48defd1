import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, METRICS } from '#libs/cell';
import type { Count, Logger, Metrics } from '#libs/observability';
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
/** A death among more others than these says nothing about who was the cause. */
const FEW_MOST = 3;
const AGAIN_MS = 1_000;
const AWAY: StageResult = { kind: 'later', inMs: AGAIN_MS };
/** So long nobody new is walked, so that one comes to be walked alone. */
const ROOM_MS = 3_000;
/** What is listed of a company that is given up because workers die of it. */
export const POISON = 'poison: worker processes die while they walk it, so it is not tried again';

export interface SuspectJob {
  run: RunRef;
  companyId: string;
  /** Of the job's context. */
  jobId: string;
  lostBy: StageContext['lostBy'];
}

/** The suspect that is walked apart from the others. */
interface WalkedApart {
  /** Nobody is let in beside it but a few. */
  strict: boolean;
  /** Many others are about to be walked beside it: should the worker die, it is not to blame. */
  acquit: () => Promise<void>;
}

/**
 * Finds the company that workers die of: after one death among at most 25, after two by walking it apart from all others
 * that are suspected. If the worker dies of that too, the company ends as failed, and the others go on: three deaths at one
 * hop are the end, four where the third left open who was the cause, since many more were in hand. Then it is walked with hardly
 * anybody else in hand. So bystanders are not taken for the cause, be it that workers are killed for another reason.
 * A job that was never lost costs nothing here, unless it comes while another is being judged.
 */
@Injectable()
export class Quarantine {
  private readonly poisoned: Count | undefined;
  /** Walks of companies of which no worker can have died. */
  private unsuspected = 0;
  private together = 0;
  private apart: WalkedApart | undefined;
  private roomForAloneUntil = 0;
  private roomForFewUntil = 0;

  constructor(
    private readonly companies: CompanyRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics?: Pick<Metrics, 'count'>,
  ) {
    this.poisoned = metrics?.count('leadgen_companies_poisoned_total', {});
  }

  walk(job: SuspectJob, walk: () => Promise<StageResult>): Promise<StageResult> {
    // Who is turned away is in no hand, and cannot be lost once more with those that are.
    if (job.lostBy === 0) return this.amongAll(walk);
    return job.lostBy < ALONE_FROM ? this.amongSuspects(walk) : this.judge(job, walk);
  }

  private async amongAll(walk: () => Promise<StageResult>): Promise<StageResult> {
    if (this.unsuspected >= FEW_MOST) {
      if (this.apart?.strict || performance.now() < this.roomForFewUntil) return AWAY;
      if (this.apart) await this.apart.acquit();
    }
    this.unsuspected += 1;
    try {
      return await walk();
    } finally {
      this.unsuspected -= 1;
    }
  }

  private async amongSuspects(walk: () => Promise<StageResult>): Promise<StageResult> {
    const isRoomForAlone = performance.now() < this.roomForAloneUntil;
    if (this.apart || isRoomForAlone || this.together >= TOGETHER_MOST) return AWAY;
    this.together += 1;
    try {
      return await walk();
    } finally {
      this.together -= 1;
    }
  }

  private async judge(job: SuspectJob, walk: () => Promise<StageResult>): Promise<StageResult> {
    const strict = job.lostBy > ALONE_FROM;
    if (strict && (await this.companies.wasLostAlone(job.run, job.companyId, job.jobId))) {
      return this.giveUp(job);
    }
    const isCrowd = this.unsuspected > FEW_MOST;
    if (this.apart || this.together > 0 || (strict && isCrowd)) {
      this.roomForAloneUntil = performance.now() + ROOM_MS;
      if (strict) this.roomForFewUntil = this.roomForAloneUntil;
      return AWAY;
    }
    const { run, companyId, jobId } = job;
    const noting = isCrowd
      ? Promise.resolve('noted' as const)
      : this.companies.walkAlone(run, companyId, jobId);
    const forget = async (): Promise<void> => {
      if (!isCrowd) await this.companies.walkedAlone(run, companyId);
    };
    let acquitted: Promise<void> | undefined;
    this.apart = { strict, acquit: () => (acquitted ??= noting.then(forget)) };
    try {
      if ((await noting) === 'fatal') return await this.giveUp(job);
      return await walk();
    } finally {
      this.apart = undefined;
      await forget();
    }
  }

  private async giveUp({ run, companyId, lostBy }: SuspectJob): Promise<StageResult> {
    const ids = { tenant_id: run.tenantId, run_id: run.runId, company_id: companyId };
    this.logger.error(
      { event: 'company_poisoned', ...ids, deaths: lostBy },
      'workers die of a company: it is given up',
    );
    this.poisoned?.add();
    await this.companies.finish(run, companyId, { state: 'failed', score: null, failure: POISON, walkMs: 0 });
    return DONE;
  }
}
