import { setTimeout as delay } from 'node:timers/promises';
import { failpoint } from '#libs/config';
import { appError } from '#libs/contracts';
import {
  afterWait,
  deniedOutcome,
  outcomeRecord,
  stepPolicy,
  waitedOutcome,
  type CallOutcome,
  type StepCall,
  type WalkRecord,
} from '#libs/domain';
import { assertNever, heardLater } from '#libs/kernel';
import { traced } from '#libs/observability';
import type { LuaCall } from '#libs/redis';
import { journalFields, type RunRepository } from '#libs/run-state';
import {
  callIdOf,
  type AcquireAnswer,
  type CallRequest,
  type Gate,
  type Grant,
  type SuppressionSubject,
} from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';
import { UNMETERED, type WalkMeter } from '../metrics/walk-meter.port';
import { AnswerScreen } from './answer-screen';
import { decideWait, LANE_SLEPT_MAX_MS, type Wait } from './wait-decision';
import type { WalkJob, WalkProgress } from './walk-job';
import { judgeOutcome, type Verdict } from './judge-outcome';
import { laneUnits } from './lane-units';
import { callSpan } from './call-span';
import type { VendorDesk, VendorTerms } from './vendor-desk.port';
import { WaitingLine, type PlaceInLine } from './waiting-line';

/** What came of one call of the walk. */
export type GatedCallResult =
  /**
   * `write` is under way: the gate's part of it, with the record for the company's journal if `journaled`; whoever goes on
   * at once must wait for it in the end.
   */
  | { kind: 'recorded'; record: WalkRecord; journaled: boolean; write: Promise<void> }
  /** It was the last one, and the end of the walk is written. */
  | { kind: 'ended' }
  /** Not now, for reasons of this call alone: give the company back. */
  | { kind: 'later'; inMs: number }
  /** The walk goes on elsewhere: in a cap's lane, of which it will take `units`, or, for `null`, in the queue of the stage. */
  | { kind: 'move'; lane: string | null; units: number }
  /** The job's lane was closed: it goes back to its head. */
  | { kind: 'lane_closed' }
  /** The company, or the person asked for, must not be contacted: its walk ends. */
  | { kind: 'suppressed' }
  /** A person has paused the run: the company is set aside. */
  | { kind: 'held' }
  /** The run was cancelled: no more calls. */
  | { kind: 'stopped' };

/** A job whose vendor asked for time looks again at least this often. */
const LATER_MAX_MS = 30_000;
/** Somebody else's identical call may end at any moment, long before its lease does: looked at again and again … */
const IN_FLIGHT_LOOK_MS = 500;
/** … so many times; then the job goes back, for at most so long. */
const IN_FLIGHT_LOOKS = 4;
const IN_FLIGHT_LATER_MS = 2_000;

/**
 * A call under way is never cut short by its job's end: what it bought would be lost, and in doubt. It has its own
 * deadline, and settles by itself even after its job was given to another worker.
 */
const UNINTERRUPTED = new AbortController().signal;

/** Closes and opens lanes. */
export interface LaneDoor {
  close(capId: string, forMs: number): Promise<void>;
  reopen(capId: string): Promise<void>;
}

/** Makes one vendor call through the gate: acquire, mark as sent, call, settle. No vendor is called anywhere else. */
export class GatedCall {
  /** In a lane they ask one after the other, for what takes of the same windows. */
  private readonly line = new WaitingLine();
  private readonly screen: AnswerScreen;

  constructor(
    private readonly gate: Gate,
    private readonly desk: VendorDesk,
    private readonly lanes: LaneDoor,
    private readonly runs: Pick<RunRepository, 'resumeFromCap'>,
    private readonly meter: Pick<WalkMeter, 'requested' | 'fromLedger' | 'denied'> = UNMETERED,
  ) {
    this.screen = new AnswerScreen(gate);
  }

  /** `ending` gives the script that ends the walk, if nothing is left to do after the record. */
  async make(
    call: StepCall,
    job: WalkJob,
    progress: WalkProgress,
    ending: (record: WalkRecord) => LuaCall | undefined,
  ): Promise<GatedCallResult> {
    const terms = this.desk.terms(call.vendor, call.op, call.input, job.plan.own);
    if (terms.simulated !== job.plan.simulated) throw offlineMismatch(terms.simulated);
    const request = callRequest(call, job, terms, progress.subjects);
    const context: CallContext = {
      call,
      job,
      progress,
      terms,
      request,
      askedAt: 0,
      looks: 0,
      sleptMs: 0,
      place: undefined,
      closedLane: false,
      ending,
    };
    if (mustLeaveLane(context) && !(await this.gate.isAnswered(request)))
      return { kind: 'move', lane: null, units: 0 };
    try {
      for (;;) {
        job.signal.throwIfAborted();
        if (mustStandInLine(context)) await this.standInLine(context);
        context.looks += 1;
        context.askedAt = performance.now();
        const answer = await this.gate.acquire(request);
        if (answer.kind !== 'wait') leaveLine(context);
        if (context.closedLane && answer.kind !== 'wait') await this.lanes.reopen(request.cap.id);
        const step = await this.act(answer, context);
        if (step !== 'again') return step;
      }
    } finally {
      leaveLine(context);
    }
  }

  /** Waits until it is this company's turn among those that this process has in hand from the same lane. */
  private async standInLine(context: CallContext): Promise<void> {
    const { job, call, request, progress, sleptMs } = context;
    const { max_wait_ms: waitMs } = stepPolicy(job.plan.walk, call.op);
    const leftMs = (waitMs ?? Number.POSITIVE_INFINITY) - progress.waitedBeforeMs - sleptMs;
    const mostMs = Math.max(1, Math.min(leftMs, LANE_SLEPT_MAX_MS - sleptMs));
    const windows = request.cap.windows.filter(({ units }) => units > 0).map(({ name }) => name);
    const started = performance.now();
    context.place = await this.line.enter([request.cap.id, ...windows].join(' '), {
      mostMs,
      signal: job.signal,
    });
    slept(context, started);
  }

  private act(
    answer: AcquireAnswer,
    context: CallContext,
  ): GatedCallResult | Promise<GatedCallResult | 'again'> {
    const { call } = context;
    switch (answer.kind) {
      case 'granted':
        return this.useGrant(answer, context);
      case 'cached':
        return this.fromLedger(answer, context);
      case 'in_flight':
        if (context.looks > IN_FLIGHT_LOOKS)
          return { kind: 'later', inMs: Math.min(answer.inMs, IN_FLIGHT_LATER_MS) };
        return sleep(Math.min(answer.inMs, IN_FLIGHT_LOOK_MS), context);
      case 'wait':
        return this.wait(answer, context);
      case 'denied':
        this.meter.denied(answer.reason);
        if (answer.reason === 'suppressed') return { kind: 'suppressed' };
        return recorded(call, deniedOutcome(answer.reason));
      case 'in_doubt':
        return recorded(call, {
          kind: 'in_doubt',
          reason: 'an earlier request was sent and its outcome is unknown',
          costMicro: 0,
        });
      case 'stop':
        return { kind: answer.why === 'paused' ? 'held' : 'stopped' };
      default:
        return assertNever(answer);
    }
  }

  private async wait(answer: Wait, context: CallContext): Promise<GatedCallResult | 'again'> {
    const { call, job, progress, request, sleptMs, closedLane } = context;
    const { id, windows } = request.cap;
    const policy = stepPolicy(job.plan.walk, call.op);
    const after = afterWait(policy, progress.waitedBeforeMs + sleptMs, answer.inMs);
    if (after !== 'wait') return recorded(call, waitedOutcome(after));
    const decision = decideWait(answer, {
      from: request.from,
      sleptMs,
      sharedWindows: windows.every(({ units }) => units > 0),
    });
    switch (decision.kind) {
      case 'sleep': {
        if (closedLane) await this.lanes.reopen(id);
        // When a place becomes free nobody knows: all that are in line look for it, by the first of them.
        const looks = answer.reason === 'concurrency' ? (context.place?.inLine() ?? 1) : 1;
        return sleep(decision.inMs / looks, context);
      }
      case 'park':
        return { kind: 'move', lane: id, units: laneUnits(windows) };
      case 'later':
        return decision;
      case 'close':
        if (closedLane) return { kind: 'lane_closed' };
        await this.lanes.close(id, decision.inMs);
        // Asked once more: whoever opened the cap meanwhile may have opened the lane before it was closed here.
        context.closedLane = true;
        return 'again';
      default:
        return assertNever(decision);
    }
  }

  private async useGrant(grant: Grant, context: CallContext): Promise<GatedCallResult | 'again'> {
    const { call, job, terms, request } = context;
    // Before the mark: what comes between it and the request must take no time.
    if (grant.resumesRun) await this.runs.resumeFromCap(job.run);
    // A repeatable call needs no mark: whether it was sent makes no difference to what happens next.
    if (!terms.repeatable && !(await this.gate.sent(request, grant))) return 'again';
    if (performance.now() - context.askedAt > grant.sendByMs) {
      // This process was frozen: by now the vendor's window may count the unit for somebody else.
      await this.gate.settle(request, grant, { kind: 'free', sent: false }, {});
      return 'again';
    }
    context.progress.servedByLane = true;
    const { resume } = grant;
    const sentAt = performance.now();
    const answer = await traced(
      () => callSpan(call, job.attempt),
      async (span) => {
        const options = { signal: UNINTERRUPTED, resume, own: job.plan.own };
        const told = await this.desk.call(call.vendor, call.op, call.input, options);
        span.set({ outcome: told.kind });
        return told;
      },
    );
    const tookMs = performance.now() - sentAt;
    const outcome =
      answer.kind === 'ok' ? await this.screen.screen(job.run.tenantId, call.op, answer) : answer;
    failpoint('enrich.before_settle');
    const verdict = judgeOutcome(outcome, terms, job.attempt, tookMs);
    this.tellMeter(context, answer, verdict, tookMs);
    const record = verdict.outcome && outcomeRecord(call, withPaid(verdict.outcome, grant.paidMicro));
    if (record) {
      const last = context.ending(record);
      if (last) {
        await this.gate.settle(request, grant, verdict.settlement, {}, last);
        return { kind: 'ended' };
      }
      // Whoever waits for it may have failed meanwhile, or lost its job.
      const write = heardLater(this.gate.settle(request, grant, verdict.settlement, journalFields(record)));
      return { kind: 'recorded', record, journaled: true, write };
    }
    await this.gate.settle(request, grant, verdict.settlement, {});
    // The cap is closed now: the gate says for how long, and waiting for that is a lane's work.
    if ((verdict.settlement.lesson?.close?.forMs ?? 0) > 0) return 'again';
    if (verdict.retryInMs !== undefined)
      return { kind: 'later', inMs: Math.min(verdict.retryInMs, LATER_MAX_MS) };
    throw appError('vendor_failed', `${call.vendor} ${call.op}: ${outcome.kind}, to be tried again`, {
      context: { vendor: call.vendor, op: call.op, outcome: outcome.kind },
    });
  }

  private tellMeter(
    { call, terms }: CallContext,
    outcome: VendorOutcome<unknown>,
    { settlement }: Verdict,
    tookMs: number,
  ): void {
    const { simulated, maxCostMicro } = terms;
    const { vendor, op } = call;
    this.meter.requested({ vendor, op, simulated, outcome, settlement, maxCostMicro, tookMs });
  }

  /** A lead carries what its facts cost when they were bought, so that a run from the ledger gives the same leads. */
  private async fromLedger(
    { answer, costMicro }: Extract<AcquireAnswer, { kind: 'cached' }>,
    context: CallContext,
  ): Promise<GatedCallResult> {
    const { call, job, terms, request } = context;
    // Bought before somebody in it was suppressed: the ledger keeps what it has, this company does not get it.
    const screened =
      answer.kind === 'ok'
        ? await this.screen.screen(job.run.tenantId, call.op, { kind: answer.kind, value: answer.value })
        : null;
    const outcome: CallOutcome =
      screened?.kind === 'ok'
        ? { kind: 'found', output: screened.value, costMicro, simulated: terms.simulated }
        : { kind: 'empty', costMicro };
    this.meter.fromLedger(call.vendor, call.op, answer.kind === 'ok' ? 'found' : 'not_found');
    const record = outcomeRecord(call, outcome);
    // A step is counted while its company goes on: the last one together with its end.
    const last = context.ending(record);
    if (last) {
      await this.gate.journalCached(request, {}, last);
      return { kind: 'ended' };
    }
    const write = heardLater(this.gate.journalCached(request, journalFields(record)));
    return { kind: 'recorded', record, journaled: true, write };
  }
}

/** A lead's facts cost what all calls of their purchase did, as the ledger will say. */
function withPaid(outcome: CallOutcome, paidMicro: number): CallOutcome {
  return outcome.kind === 'skipped' || paidMicro === 0
    ? outcome
    : { ...outcome, costMicro: outcome.costMicro + paidMicro };
}

/** A rehearsal must buy nothing, and a real run must not be fed with inventions. */
function offlineMismatch(workerIsOffline: boolean): Error {
  const [worker, run] = workerIsOffline ? ['offline', 'not'] : ['not offline', 'is'];
  return appError(
    'offline_mismatch',
    `this worker is ${worker} and the run ${run}: start all processes of the cell with the same ORCHESTRATOR_OFFLINE`,
  );
}

interface CallContext {
  call: StepCall;
  job: WalkJob;
  progress: WalkProgress;
  terms: VendorTerms;
  request: CallRequest;
  /** Before the gate was asked, by this process's steady clock: no later than the grant. */
  askedAt: number;
  /** How often the gate has been asked for this call by this job, this time included. */
  looks: number;
  /** How long this job has slept for this call, or stood in line. */
  sleptMs: number;
  /** In the line of those that ask from the same lane. */
  place: PlaceInLine | undefined;
  /** This job has closed its lane for this call. */
  closedLane: boolean;
  ending: (record: WalkRecord) => LuaCall | undefined;
}

/**
 * A place in a lane is for the call that its cap was waited for. What follows is another vendor's, or that cap's for
 * somebody who has not waited for it: unless it is known already it is asked from the stage's own queue.
 */
function mustLeaveLane({ job, progress, request }: CallContext): boolean {
  return job.lane !== null && (progress.servedByLane || request.from === 'inline');
}

function mustStandInLine({ request, place }: CallContext): boolean {
  return request.from === 'lane' && !place;
}

function callRequest(
  call: StepCall,
  job: WalkJob,
  terms: VendorTerms,
  companySubjects: () => readonly SuppressionSubject[],
): CallRequest {
  const { companyId, epoch, hop } = job;
  const { tenantId, runId } = job.run;
  const { budgets } = job.plan;
  return {
    callId: callIdOf({ runId, companyId, epoch, hop, step: call.step, vendor: call.vendor }),
    tenantId,
    runId,
    companyId,
    vendor: call.vendor,
    simulated: terms.simulated,
    op: call.op,
    input: call.input,
    cap: terms.cap,
    budgets: {
      run: budgets.run_micro,
      tenantDay: budgets.tenant_day_micro,
      // What a tenant spends on its own account is none of the platform's.
      vendorDay: terms.ownKey ? null : (budgets.vendor_day_micro?.[call.vendor] ?? null),
    },
    maxCostMicro: terms.maxCostMicro,
    deadlineMs: terms.deadlineMs,
    repeatable: terms.repeatable,
    subjects: () => [...subjectsOf(call.input), ...companySubjects()],
    from: job.lane === terms.cap.id ? 'lane' : 'inline',
  };
}

/** Whom the call is about, as suppression lists know them: a domain, or a mailbox and its domain. */
function subjectsOf(input: StepCall['input']): SuppressionSubject[] {
  if ('domain' in input) return [{ kind: 'domain', value: input.domain }];
  const domain = input.email.slice(input.email.lastIndexOf('@') + 1);
  return [
    { kind: 'email', value: input.email },
    { kind: 'domain', value: domain },
  ];
}

function recorded(call: StepCall, outcome: CallOutcome): GatedCallResult {
  return {
    kind: 'recorded',
    record: outcomeRecord(call, outcome),
    journaled: false,
    write: Promise.resolve(),
  };
}

async function sleep(inMs: number, context: CallContext): Promise<'again'> {
  const started = performance.now();
  await delay(inMs, undefined, { signal: context.job.signal });
  slept(context, started);
  return 'again';
}

function slept(context: CallContext, since: number): void {
  const sleptMs = performance.now() - since;
  context.sleptMs += sleptMs;
  context.progress.waitedMs += sleptMs;
}

function leaveLine(context: CallContext): void {
  context.place?.leave();
  context.place = undefined;
}
