import {
  appError,
  type Phase,
  type RunEvent,
  type RunEventType,
  type RunRecord,
  type RunRequest,
  type RunSource,
  type RunState,
} from '#libs/contracts';
import { noteOnSpan, traced } from '#libs/observability';
import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import { RunAdding } from './adding/run-adding';
import { createRun, type CreateRunOptions } from './creating/create-run';
import { runEventOf } from './event-feed/run-event';
import type { CreatedRun } from './idempotency/created-run';
import { RunRetries } from './retries/run-retries';
import { runRecordFromHash, type RunHash } from './run-hash';
import { activeMember, runNotFound, type RunRef } from './run-ref';
import { runStateScripts } from './run-state-scripts';
import {
  transitionKeys,
  type PauseReason,
  type TransitionDetails,
  type TransitionListener,
} from './run-transition';
import { StageTimes, type StageListener } from './stages/stage-times';

/** More than these are not kept for somebody to count them. */
const UNCOUNTED_MAX = 1_000;

/**
 * Runs in Redis: records, their state machine, events and status. Every change is one Lua script, so two processes
 * can never leave a run half moved.
 */
export class RunRepository {
  /** Of companies to a run. */
  readonly adding: RunAdding;
  /** Of runs that have ended. */
  readonly retries: RunRetries;
  /** How long they took. */
  readonly stages: StageTimes;

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly onTransition: TransitionListener = () => undefined,
    onStage: StageListener = () => undefined,
    /** Who counts ends and pauses; a process that nobody scrapes leaves them to one that is, see `UncountedTransitions`. */
    private readonly counting: 'here' | 'elsewhere' = 'here',
  ) {
    this.adding = new RunAdding(redis, keys);
    this.retries = new RunRetries(redis, keys, onTransition);
    this.stages = new StageTimes(redis, keys, this, onStage);
  }

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
        const { redis, keys } = this;
        const made = await createRun({ redis, keys }, request, { ...options, traceparent: span.traceparent });
        span.set({ run_id: made.runId, thread_id: made.threadId, created: made.created });
        return made;
      },
    );
    // Also on the request it came with.
    noteOnSpan({ run_id: run.runId, thread_id: run.threadId, source });
    return run;
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
        ...transitionKeys(this.keys, run),
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

  /** Events after `afterId` (0 = from the start), oldest first. */
  async events(run: RunRef, afterId = 0, limit = 1000): Promise<RunEvent[]> {
    const key = this.keys.events(run.tenantId, run.runId);
    const entries = await this.redis.xrange(key, `${afterId + 1}-0`, '+', 'COUNT', limit);
    return entries.map(runEventOf);
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

  private runAndEvents(run: RunRef): [string, string] {
    return [this.keys.run(run.tenantId, run.runId), this.keys.events(run.tenantId, run.runId)];
  }
}
