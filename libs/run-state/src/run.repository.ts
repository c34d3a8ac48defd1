import { createHash } from 'node:crypto';
import {
  appError,
  type Phase,
  type RunEvent,
  type RunEventType,
  type RunRecord,
  type RunRequest,
  type RunSource,
  type RunState,
  type StageVerdict,
  stageBudgetMs,
} from '#libs/contracts';
import { canonicalJson, newRunId, newThreadId } from '#libs/kernel';
import { noteOnSpan, traced, type WorkSpan } from '#libs/observability';
import { type CellKeys, TTL_SECONDS, type LuaReply, type RedisClient } from '#libs/redis';
import {
  ACCEPTED,
  createdOf,
  idempotencyConflict,
  idempotencyInFlight,
  type CreatedRun,
} from './idempotency/created-run';
import { runEventOf } from './event-feed/run-event';
import { runRecordFromHash, type RunHash } from './run-hash';
import { runStateScripts } from './run-state-scripts';

/** More than these are not kept for somebody to count them. */
const UNCOUNTED_MAX = 1_000;

export interface RunRef {
  tenantId: string;
  runId: string;
}

export interface CreateRunOptions {
  source: RunSource;
  /** Same key, same request → the same run; same key, another request → `idempotency_conflict`. Kept 24 h. */
  idempotencyKey?: string;
  /** What stands for the request under that key; default: the hash of the request. */
  requestHash?: string;
  /** The key is claimed already, see `IdempotencyKeys`. */
  claim?: string;
  /** Most runs the tenant may have that have not ended, this one included; not set: any number. */
  activeRunsMax?: number;
  /** Secret of the request's webhook, sealed. */
  webhookSecret?: string;
  /** A worker is to add the run's flow, see `RunHandover`; not set: the caller adds it. */
  handOver?: boolean;
}

export interface TransitionDetails {
  event: RunEventType;
  message: string;
  phase?: Phase;
  /** Only if the run is paused for this reason; else nothing happens. */
  ifPausedFor?: 'person' | 'vendor_cap';
  /** Fields of the run's hash to store in the same step. */
  fields?: Readonly<Record<string, string | number>>;
}

/** A retry of a run. */
export interface RunRetryRound {
  /** Of its jobs' ids. */
  epoch: number;
  /** Why companies are walked again. */
  causes: readonly string[];
  /** Companies of the shortlist that have been gone through. */
  cursor: number;
}

export type PauseReason = NonNullable<RunRecord['pause_reason']>;

/** Called once per transition that happened, whatever surface or worker caused it: the one place that logs runs. */
export type TransitionListener = (transition: {
  run: RunRef;
  from: RunState;
  to: RunState;
  event: RunEventType;
  message: string;
  threadId: string;
  source: RunSource;
  /** Since the run was created. */
  durationMs: number;
  /** Of a pause. */
  pauseReason?: PauseReason;
  /** The span that accepted the run, see `RunTraces`. */
  traceparent?: string;
}) => void;

/** What is counted of a transition. */
export type CountedTransition = Pick<
  Parameters<TransitionListener>[0],
  'to' | 'event' | 'source' | 'durationMs' | 'pauseReason'
>;

/** Called once per stage of a run that has ended, with its verdict. */
export type StageListener = (verdict: StageVerdict) => void;

/**
 * Runs in Redis: records, their state machine, events and status. Every change is one Lua script, so two processes
 * can never leave a run half moved.
 */
export class RunRepository {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly onTransition: TransitionListener = () => undefined,
    private readonly onStage: StageListener = () => undefined,
    /** Who counts ends and pauses; a process that nobody scrapes leaves them to one that is, see `UncountedTransitions`. */
    private readonly counting: 'here' | 'elsewhere' = 'here',
  ) {}

  /**
   * Creates a queued run, or finds the one this idempotency key already made (`created: false`). Throws
   * `idempotency_conflict`, `idempotency_in_flight`, and `too_many_runs` where the tenant has as many active ones as it may.
   */
  async create(request: RunRequest, options: CreateRunOptions): Promise<CreatedRun> {
    const { source } = options;
    // All that is done for the run, by whatever process, is part of this span's trace.
    const run = await traced(
      () => ({ name: 'accept run', kind: 'producer', fields: { source } }),
      async (span) => {
        const made = await this.createAs(span, request, options);
        span.set({ run_id: made.runId, thread_id: made.threadId, created: made.created });
        return made;
      },
    );
    // Also on the request it came with.
    noteOnSpan({ run_id: run.runId, thread_id: run.threadId, source });
    return run;
  }

  private async createAs(
    { traceparent }: WorkSpan,
    request: RunRequest,
    options: CreateRunOptions,
  ): Promise<CreatedRun> {
    const { tenant_id: tenantId } = request;
    const runId = newRunId();
    const threadId = request.thread_id ?? newThreadId();
    const key = options.idempotencyKey;
    const runKey = this.keys.run(tenantId, runId);
    const fields = recordFields(runId, request, options, traceparent);
    const [code, id, ofThread, createdMs] = (await runStateScripts.createRun.run(
      this.redis,
      [
        runKey,
        this.keys.events(tenantId, runId),
        this.keys.thread(tenantId, threadId),
        this.keys.tenantRuns(tenantId),
        key === undefined ? runKey : this.keys.idempotency(tenantId, key),
        this.keys.activeRuns(),
        this.keys.tenantActiveRuns(tenantId),
        options.handOver === true ? this.keys.runHandover() : runKey,
      ],
      [
        runId,
        activeMember({ tenantId, runId }),
        TTL_SECONDS.run,
        key === undefined ? 0 : TTL_SECONDS.idempotency,
        key === undefined ? '' : (options.requestHash ?? hashOfRequest(request)),
        ACCEPTED.phase,
        ACCEPTED.message,
        TTL_SECONDS.run * 1000,
        options.activeRunsMax ?? 0,
        options.claim ?? '',
        threadId,
        options.handOver === true ? 1 : 0,
        ...Object.entries(fields).flat(),
      ],
    )) as [number, string, string?, (string | number)?];
    if (code === -3) throw tooManyRuns(tenantId, Number(id));
    if (code === -1) throw idempotencyConflict(id);
    if (code === -4) throw idempotencyInFlight();
    return { tenantId, runId: id, created: code === 1, ...createdOf(ofThread, createdMs) };
  }

  /** The run's record, or `undefined`. */
  async find(run: RunRef): Promise<RunRecord | undefined> {
    const hash = await this.hash(run);
    return hash && runRecordFromHash(hash);
  }

  /** Like `find`, throwing `run_not_found`. */
  async get(run: RunRef): Promise<RunRecord> {
    const record = await this.find(run);
    if (!record) throw runNotFound(run.runId);
    return record;
  }

  /** The raw hash, for what the record leaves out (vendor usage, stage timings, cursor). */
  async hash(run: RunRef): Promise<RunHash | undefined> {
    const hash = await this.redis.hgetall(this.keys.run(run.tenantId, run.runId));
    return Object.keys(hash).length === 0 ? undefined : hash;
  }

  /** One field of the run's hash, e.g. its pinned plan. */
  async field(run: RunRef, name: string): Promise<string | undefined> {
    return (await this.redis.hget(this.keys.run(run.tenantId, run.runId), name)) ?? undefined;
  }

  async state(run: RunRef): Promise<RunState | undefined> {
    const state = await this.redis.hget(this.keys.run(run.tenantId, run.runId), 'state');
    return (state ?? undefined) as RunState | undefined;
  }

  /** Run ids of a thread, newest first. */
  async runsOfThread(tenantId: string, threadId: string, limit = 100): Promise<string[]> {
    return this.redis.zrevrange(this.keys.thread(tenantId, threadId), 0, limit - 1);
  }

  /** Run ids of a tenant, newest first. */
  async runsOfTenant(tenantId: string, limit = 100): Promise<string[]> {
    return this.redis.zrevrange(this.keys.tenantRuns(tenantId), 0, limit - 1);
  }

  /** Every run that is not terminal, oldest first, with its age in ms by Redis's clock. */
  async activeRuns(): Promise<(RunRef & { ageMs: number })[]> {
    const [members, [seconds, micros]] = await Promise.all([
      this.redis.zrange(this.keys.activeRuns(), '0', '-1', 'WITHSCORES'),
      this.redis.time(),
    ]);
    const nowMs = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    const runs: (RunRef & { ageMs: number })[] = [];
    for (let i = 0; i < members.length; i += 2) {
      const [tenantId, runId] = (members[i] ?? '').split('/');
      if (tenantId === undefined || runId === undefined) continue;
      runs.push({ tenantId, runId, ageMs: nowMs - Number(members[i + 1]) });
    }
    return runs;
  }

  /** Drops a run whose record is gone (expired, deleted by hand) from the list of active ones. */
  async forget(run: RunRef): Promise<void> {
    await this.redis
      .multi()
      .zrem(this.keys.activeRuns(), activeMember(run))
      .srem(this.keys.tenantActiveRuns(run.tenantId), run.runId)
      .exec();
  }

  /**
   * Moves the run and appends one event. Answers false if it was there already, or not paused as asked for; throws `illegal_transition` if the
   * state machine forbids the move and `run_not_found` if there is no such run.
   */
  async transition(run: RunRef, to: RunState, details: TransitionDetails): Promise<boolean> {
    const reply = (await runStateScripts.transitionRun.run(
      this.redis,
      [
        ...this.transitionKeys(run),
        this.keys.webhookOutbox(),
        this.keys.tenantWebhook(run.tenantId),
        this.keys.uncountedTransitions(),
      ],
      [
        to,
        details.event,
        details.phase ?? '',
        details.message,
        TTL_SECONDS.run,
        activeMember(run),
        details.ifPausedFor ?? '',
        this.counting === 'here' ? 0 : 1,
        UNCOUNTED_MAX,
        TTL_SECONDS.uncounted,
        ...Object.entries(details.fields ?? {}).flat(),
      ],
    )) as [number, RunState?, string?, RunSource?, number?, string?];
    const [code, from, threadId, source, durationMs, trace] = reply;
    if (code === -2 || from === undefined) throw runNotFound(run.runId);
    if (code === -1) {
      throw appError('illegal_transition', `run ${run.runId} is ${from}: it cannot become ${to}`);
    }
    if (threadId !== undefined && source !== undefined && durationMs !== undefined) {
      const { event, message } = details;
      const pauseReason = details.fields?.pause_reason as PauseReason | undefined;
      this.onTransition({
        run,
        from,
        to,
        event,
        message,
        threadId,
        source,
        durationMs,
        ...(pauseReason && { pauseReason }),
        ...(trace && { traceparent: trace }),
      });
    }
    return code === 1;
  }

  /**
   * The one way back from an end: the run goes on under a new epoch, for some of its companies to be walked again. Throws
   * `illegal_transition` unless it has ended as completed, partial or failed, `too_many_runs` where the tenant has as many
   * active ones as it may, and `run_not_found`.
   */
  async retry(
    run: RunRef,
    message: string,
    { causes, activeRunsMax = 0 }: { causes: readonly string[]; activeRunsMax?: number },
  ): Promise<{ epoch: number }> {
    const [code, from, threadId, source, durationMs, epoch, trace] = (await runStateScripts.retryRun.run(
      this.redis,
      this.transitionKeys(run),
      [message, TTL_SECONDS.run, activeMember(run), run.runId, causes.join(' '), activeRunsMax],
    )) as [number, RunState, string, RunSource, number, number, string];
    if (code === -2) throw runNotFound(run.runId);
    if (code === -3) throw tooManyRuns(run.tenantId, Number(from));
    if (code === -1) {
      throw appError(
        'illegal_transition',
        `run ${run.runId} is ${from}: only what has completed, in part or not at all, can be tried again`,
      );
    }
    this.onTransition({
      run,
      from,
      to: 'running',
      event: 'run_retried',
      message,
      threadId,
      source,
      durationMs,
      ...(trace && { traceparent: trace }),
    });
    return { epoch };
  }

  /** The retry that the run is in, or was in last; undefined: it was never tried again. */
  async retryOf(run: RunRef): Promise<RunRetryRound | undefined> {
    const key = this.keys.run(run.tenantId, run.runId);
    const [epoch, causes, reached] = await this.redis.hmget(
      key,
      'retry_epoch',
      'retry_causes',
      'retry_cursor',
    );
    if (epoch === null || epoch === undefined) return undefined;
    const [ofEpoch, cursor] = (reached ?? '').split(':');
    return {
      epoch: Number(epoch),
      causes: (causes ?? '').split(' '),
      cursor: ofEpoch === epoch ? Number(cursor) : 0,
    };
  }

  /** Stores how many companies of the shortlist a retry has gone through; one of before may say so late, unheard. */
  async advanceRetry(run: RunRef, epoch: number, cursor: number): Promise<void> {
    await this.redis.hset(this.keys.run(run.tenantId, run.runId), 'retry_cursor', `${epoch}:${cursor}`);
  }

  /** Appends an event that changes no state and becomes the status; false once the run is terminal. */
  async announce(
    run: RunRef,
    event: RunEventType,
    phase: Phase,
    message: string,
    fields: Readonly<Record<string, string | number>> = {},
  ): Promise<boolean> {
    const id = await runStateScripts.appendEvent.run(this.redis, this.runAndEvents(run), [
      event,
      phase,
      message,
      TTL_SECONDS.run,
      ...Object.entries(fields).flat(),
    ]);
    if (id === -2) throw runNotFound(run.runId);
    return id !== 0;
  }

  /** Stores how long a stage took and, if that is over its budget for so many leads, says so once. Throws `run_not_found`. */
  async recordStage(run: RunRef, stage: Phase, durationMs: number, leads = 0): Promise<StageVerdict> {
    const budgetMs = stageBudgetMs(stage, leads);
    const within = budgetMs === null || durationMs <= budgetMs;
    const field = stageMsField(stage);
    if (within) {
      const key = this.keys.run(run.tenantId, run.runId);
      const noted = await runStateScripts.noteStage.run(this.redis, [key], [field, durationMs]);
      if (noted === -2) throw runNotFound(run.runId);
    } else {
      const whose = stage === 'enrich' ? ' for its slowest company' : '';
      const message = `${stage} took ${Math.round(durationMs / 1000)} s${whose}, its budget is ${budgetMs / 1000} s`;
      await this.announce(run, 'stage_budget_exceeded', stage, message, { [field]: durationMs });
    }
    const verdict = { stage, duration_ms: durationMs, budget_ms: budgetMs, within };
    this.onStage(verdict);
    return verdict;
  }

  /** Events after `afterId` (0 = from the start), oldest first. */
  async events(run: RunRef, afterId = 0, limit = 1000): Promise<RunEvent[]> {
    const key = this.keys.events(run.tenantId, run.runId);
    const entries = await this.redis.xrange(key, `${afterId + 1}-0`, '+', 'COUNT', limit);
    return entries.map(runEventOf);
  }

  /**
   * Takes the sole right to add companies; whoever held it is fenced out from here on.
   * Answers the token and the durable cursor, or the state that forbids adding.
   */
  async claimFence(run: RunRef): Promise<{ token: string; cursor: number } | { closed: RunState }> {
    const reply = (await runStateScripts.claimFence.run(this.redis, this.runAndFence(run), [
      TTL_SECONDS.run,
    ])) as LuaReply[];
    if (reply[0] === -2) throw runNotFound(run.runId);
    if (reply[0] === 0) return { closed: reply[1] as RunState };
    return { token: String(reply[1]), cursor: Number(reply[2]) };
  }

  /**
   * Stores that `cursor` of `candidates` companies have been added. Throws `fenced_out` if another adder has taken over
   * meanwhile or adding has ended.
   */
  async advanceAdding(
    run: RunRef,
    token: string,
    { cursor, candidates }: { cursor: number; candidates: number },
  ): Promise<void> {
    const written = await runStateScripts.advanceAdding.run(this.redis, this.runAndFence(run), [
      token,
      cursor,
      candidates,
    ]);
    if (written === 0) throw fencedOut(run);
  }

  /** A run that had paused itself for caps goes on; nothing happens to any other. */
  async resumeFromCap(run: RunRef): Promise<void> {
    const { counters } = await this.get(run);
    await this.transition(run, 'running', {
      event: 'run_resumed',
      message: `Resumed: ${counters.done + counters.failed} of ${counters.candidates} companies enriched`,
      ifPausedFor: 'vendor_cap',
    });
  }

  /** A number for job ids that no job of the run has yet. */
  async nextEpoch(run: RunRef): Promise<number> {
    return this.redis.hincrby(this.keys.run(run.tenantId, run.runId), 'epoch', 1);
  }

  /** Ends adding for good; answers the run's state. */
  async closeAdding(run: RunRef): Promise<RunState> {
    const state = await runStateScripts.closeAdding.run(this.redis, this.runAndFence(run), [TTL_SECONDS.run]);
    if (state === '') throw runNotFound(run.runId);
    return state as RunState;
  }

  private transitionKeys(run: RunRef): string[] {
    return [
      ...this.runAndEvents(run),
      this.keys.fence(run.tenantId, run.runId),
      this.keys.activeRuns(),
      this.keys.tenantActiveRuns(run.tenantId),
    ];
  }

  private runAndEvents(run: RunRef): [string, string] {
    return [this.keys.run(run.tenantId, run.runId), this.keys.events(run.tenantId, run.runId)];
  }

  private runAndFence(run: RunRef): [string, string] {
    return [this.keys.run(run.tenantId, run.runId), this.keys.fence(run.tenantId, run.runId)];
  }
}

/** What a run's record holds from the beginning. */
function recordFields(
  runId: string,
  request: RunRequest,
  { source, webhookSecret }: CreateRunOptions,
  traceparent: string | undefined,
): Record<string, string> {
  return {
    run_id: runId,
    tenant_id: request.tenant_id,
    source,
    request: JSON.stringify(request),
    ...(webhookSecret !== undefined && { webhook_secret: webhookSecret }),
    ...(traceparent !== undefined && { trace: traceparent }),
  };
}

/** The field of a run's hash that holds how long a stage took, ms. */
export function stageMsField(stage: Phase): string {
  return `ms:${stage}`;
}

function activeMember(run: RunRef): string {
  return `${run.tenantId}/${run.runId}`;
}

/** Thrown to an adder of companies that has lost its right to add. */
export function fencedOut(run: RunRef): Error {
  return appError(
    'fenced_out',
    `another worker has taken over adding companies to run ${run.runId}, or adding has ended`,
  );
}

/** Equal values have equal hashes, whatever the order of their members. */
export function hashOfRequest(request: object): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

function tooManyRuns(tenantId: string, active: number): Error {
  return appError(
    'too_many_runs',
    `tenant ${tenantId} has ${active} runs that have not ended, as many as it may: wait for one, or cancel one`,
  );
}

function runNotFound(runId: string): Error {
  return appError('run_not_found', `there is no run ${runId} for this tenant: check the id and the tenant`);
}
