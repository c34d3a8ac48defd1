import { DelayedError, RateLimitError, UnrecoverableError, WaitingChildrenError, type Job } from 'bullmq';
import { appError, STAGES, type StageName } from '#libs/contracts';
import { AppError, assertNever, toError } from '#libs/kernel';
import { JobInterrupter } from './job-interrupter';
import { parsePayload } from './job-payload';
import { retryAs } from './retry-as';
import type { StageHandler, StageResult } from './stage-handler';

/** What the runner tells about each job; the process decides how to log and count it. */
export interface StageObserver {
  jobEnded(report: StageJobReport): void;
  /**
   * If given, has the job worked on as it likes, e.g. as a span, which its report is part of. Answers or throws what the work does:
   * among that are BullMQ's own errors, which say where a job goes, not that it failed.
   */
  around?: (job: StageJobStart, work: () => Promise<null>) => Promise<null>;
}

/** A job that a handler is about to work on. */
export interface StageJobStart extends Pick<
  StageJobReport,
  'stage' | 'jobId' | 'lane' | 'tenantId' | 'runId' | 'companyId' | 'attempt'
> {
  /** How long it had been due, by this process's clock. */
  waitedMs: number;
}

export interface StageJobReport {
  stage: StageName;
  jobId: string;
  /** The cap in whose lane the job was; null: in the stage's own queue. */
  lane: string | null;
  tenantId: string | undefined;
  runId: string | undefined;
  companyId: string | undefined;
  attempt: number;
  /** `lost`: another worker has the job; what this one did for it is repeated or found done there. */
  outcome: StageResult['kind'] | 'retry' | 'failed' | 'lost';
  durationMs: number;
  /** From when it was put into the queue to its first start; null where that says nothing: started before, in a lane, or a parent. */
  waitedMs: number | null;
  error?: Error;
}

/**
 * Everything around a handler that is the same for all stages: parse the payload, enforce the deadline, interrupt, turn
 * results and errors into BullMQ's terms, report. The one place where our errors meet BullMQ's.
 */
export class StageRunner<Name extends StageName> {
  private readonly jobs = new JobInterrupter();

  constructor(
    private readonly handler: StageHandler<Name>,
    private readonly observer: StageObserver,
    /** The cap whose lane it serves; null: the stage's own queue. */
    private readonly lane: string | null = null,
  ) {}

  /** Another worker may have the job already: stops this one's work. */
  lockLost(jobId: string): void {
    this.jobs.interrupt(jobId, lockLost);
  }

  /** Gives every job in hand back to its queue, as soon as its handler lets go of it. No attempt is counted. */
  giveBackAll(): void {
    this.jobs.interruptAll(() => appError('worker_draining', 'the worker is stopping: the job goes back'));
  }

  run(job: Job, token: string | undefined): Promise<null> {
    const { around } = this.observer;
    if (!around) return this.work(job, token);
    const start = {
      stage: this.handler.stage,
      lane: this.lane,
      ...idsOf(job),
      attempt: job.attemptsMade + 1,
      waitedMs: Math.max(0, (job.processedOn ?? Date.now()) - job.timestamp - job.delay),
    };
    return around(start, () => this.work(job, token));
  }

  private async work(job: Job, token: string | undefined): Promise<null> {
    const started = performance.now();
    const report = (outcome: StageJobReport['outcome'], error?: Error): void => {
      this.observer.jobEnded({
        stage: this.handler.stage,
        lane: this.lane,
        ...idsOf(job),
        attempt: job.attemptsMade + 1,
        outcome,
        durationMs: Math.round(performance.now() - started),
        waitedMs: this.lane === null ? waitedMs(job) : null,
        ...(error && { error }),
      });
    };
    let result: StageResult;
    try {
      result = await this.handle(job);
    } catch (thrown) {
      const error = toError(thrown);
      const retried = await retryAs(error, job, token);
      report(outcomeOf(error, retried, job), error);
      throw retried;
    }
    report(result.kind);
    return settle(result, job, token);
  }

  private async handle(job: Job): Promise<StageResult> {
    const stage = this.handler.stage;
    const payload = parsePayload(stage, job.data);
    const jobId = String(job.id);
    const { timeoutMs } = STAGES[stage];
    const timedOut = (): AppError =>
      appError('stage_timeout', `${stage} took longer than ${timeoutMs / 1000} s`);
    const timer = setTimeout(() => this.jobs.interrupt(jobId, timedOut), timeoutMs);
    try {
      return await this.jobs.run(jobId, lockLost, (signal) =>
        this.handler.handle(payload, {
          jobId,
          lane: this.lane,
          attempt: job.attemptsMade + 1,
          lostBy: job.stalledCounter,
          signal,
          pendingChildren: async () =>
            (await job.getDependenciesCount({ unprocessed: true })).unprocessed ?? 0,
        }),
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A parent waits for its children first, which is no waiting for a worker. Clocks of two machines may differ a little. */
function waitedMs({ attemptsStarted, processedOn, timestamp, name }: Job): number | null {
  if (attemptsStarted !== 1 || processedOn === undefined || name === STAGES.export.queue) return null;
  return Math.max(0, processedOn - timestamp);
}

function lockLost(): AppError {
  return appError('lock_lost', 'the lock of the job is lost: another worker has it');
}

function outcomeOf(error: Error, retried: Error, job: Job): StageJobReport['outcome'] {
  if (error instanceof AppError && error.code === 'lock_lost') return 'lost';
  if (retried instanceof DelayedError) return 'later';
  const last = retried instanceof UnrecoverableError || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
  return last ? 'failed' : 'retry';
}

async function settle(result: StageResult, job: Job, token: string | undefined): Promise<null> {
  switch (result.kind) {
    case 'done':
      // Results live in run state: nothing is stored with the job.
      return null;
    case 'later':
      await job.moveToDelayed(Date.now() + result.inMs, token);
      throw new DelayedError();
    case 'lane_closed':
      throw new RateLimitError();
    case 'children':
      if (await job.moveToWaitingChildren(String(token))) throw new WaitingChildrenError();
      // The late children ended meanwhile: take the job again at once.
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    default:
      return assertNever(result);
  }
}

function idsOf(job: Job): Pick<StageJobReport, 'jobId' | 'tenantId' | 'runId' | 'companyId'> {
  const data = (job.data ?? {}) as Readonly<Record<string, unknown>>;
  const text = (key: string): string | undefined => (typeof data[key] === 'string' ? data[key] : undefined);
  return {
    jobId: String(job.id),
    tenantId: text('tenantId'),
    runId: text('runId'),
    companyId: text('companyId'),
  };
}
