import { TERMINAL_COMPANY_STATES } from '#libs/contracts';
import { applyRecord, companyNameSubject, scoreLead, type WalkRecord } from '#libs/domain';
import { assertNever } from '#libs/kernel';
import { DONE, type StageResult } from '#libs/queue';
import type { LuaCall } from '#libs/redis';
import type { CompanyOutcome, CompanyRepository, WalkStanding } from '#libs/run-state';
import type { SuppressionSubject } from '#libs/vendor-gate';
import { UNMETERED, type WalkMeter } from '../metrics/walk-meter.port';
import type { Continuations } from './continuations';
import type { GatedCall, GatedCallResult } from './gated-call';
import type { WalkJob, WalkProgress } from './walk-job';
import { walkPosition, type WalkPosition } from './walk-position';

/**
 * Walks one company from where its journal ends to its score: the pure `nextStep` decides, this loop acts. A repeated
 * or stalled job walks again from stored state; what was bought before comes back from the ledger.
 */
export class CompanyWalk {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly calls: GatedCall,
    private readonly continuations: Continuations,
    private readonly meter: Pick<WalkMeter, 'walked'> = UNMETERED,
  ) {}

  async advance(job: WalkJob): Promise<StageResult> {
    const standing = await this.companies.standing(job.run, job.companyId);
    if (!standing || TERMINAL_COMPANY_STATES.includes(standing.document.state)) return DONE;
    const { next, tries } = standing;
    if (next && next.jobId !== job.jobId) return this.continuations.restore(job, next);
    return await this.walk({ ...job, attempt: job.attempt + tries }, standing);
  }

  private async walk(job: WalkJob, standing: WalkStanding): Promise<StageResult> {
    const { document, waitedMs, walkedMs: beforeMs } = standing;
    const started = performance.now();
    const progress: WalkProgress = {
      waitedMs: 0,
      waitedBeforeMs: waitedMs ?? 0,
      servedByLane: false,
      subjects: companySubjects(document.company.name),
    };
    const walkedMs = (): number => performance.now() - started - progress.waitedMs;
    let position = walkPosition(document, job.plan.walk);
    const unwritten: WalkRecord[] = [...position.decided];
    /** What is in no journal yet for all we know. */
    let underWay: readonly WalkRecord[] = [];
    const after = rememberingLast((record: WalkRecord) =>
      walkPosition(applyRecord(position.state, record), job.plan.walk),
    );
    const outcome = ({ state }: WalkPosition): CompanyOutcome => ({
      state: 'done',
      score: scoreLead(state, job.plan.icp),
      failure: null,
      walkMs: walkedMs(),
    });
    const ending = (record: WalkRecord): LuaCall | undefined => {
      const next = after(record);
      if (next.call !== null) return undefined;
      const records = [...underWay, ...unwritten, record, ...next.decided];
      return this.companies.finishing(job.run, job.companyId, outcome(next), records);
    };
    // The write of a step and what follows it go out together, and may arrive in either order: Redis asks for a script it
    // has forgotten a second time.
    let write: Promise<void> | undefined;
    try {
      while (position.call !== null) {
        const written = write?.then(() => (underWay = []));
        const making = this.calls.make(position.call, job, progress, ending);
        const result = written ? (await Promise.all([making, written]))[0] : await making;
        if (result.kind !== 'recorded')
          return await this.leave(result, job, { walkedMs: walkedMs(), beforeMs, unwritten });
        write = result.write;
        position = after(result.record);
        underWay = result.journaled ? [result.record] : [];
        unwritten.push(...(result.journaled ? [] : [result.record]), ...position.decided);
      }
      const records = [...underWay, ...unwritten];
      const finish = this.companies.finish(job.run, job.companyId, outcome(position), records);
      await Promise.all([write, finish]);
      this.meter.walked(beforeMs + walkedMs());
      return DONE;
    } finally {
      // Whatever else went wrong: the job is not tried again while a write of this attempt is still on its way.
      if (write) await Promise.allSettled([write]);
    }
  }

  /** The walk goes on elsewhere, later, or not at all. Whoever goes on reads what this job wrote: all of it has arrived. */
  private leave(
    result: Exclude<GatedCallResult, { kind: 'recorded' }>,
    job: WalkJob,
    left: WalkLeft,
  ): StageResult | Promise<StageResult> {
    switch (result.kind) {
      case 'later':
      case 'lane_closed':
        return result;
      case 'move':
        return this.continuations.move(job, result, left);
      case 'held':
        return this.continuations.hold(job, left);
      case 'suppressed':
        return this.suppress(job, left);
      case 'ended':
        this.meter.walked(left.beforeMs + left.walkedMs);
        return DONE;
      case 'stopped':
        return DONE;
      default:
        return assertNever(result);
    }
  }

  private async suppress({ run, companyId }: WalkJob, left: WalkLeft): Promise<StageResult> {
    const ended = { state: 'suppressed', score: null, failure: null, walkMs: left.walkedMs } as const;
    await this.companies.finish(run, companyId, ended, left.unwritten);
    this.meter.walked(left.beforeMs + left.walkedMs);
    return DONE;
  }
}

interface WalkLeft {
  walkedMs: number;
  /** By earlier jobs. */
  beforeMs: number;
  unwritten: readonly WalkRecord[];
}

/** A company's name, as suppression lists know it. */
function companySubjects(name: string | null): () => readonly SuppressionSubject[] {
  let known: readonly SuppressionSubject[] | undefined;
  return () => (known ??= name === null ? [] : [{ kind: 'company', value: companyNameSubject(name) }]);
}

/** Of the same record the same is asked twice: whether the walk ends with it, and where it goes on. */
function rememberingLast<Of extends object, Answer>(work: (of: Of) => Answer): (of: Of) => Answer {
  let last: { of: Of; answer: Answer } | undefined;
  return (of) => {
    if (last?.of !== of) last = { of, answer: work(of) };
    return last.answer;
  };
}
