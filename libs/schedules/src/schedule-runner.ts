import {
  appError,
  TERMINAL_RUN_STATES,
  type RunRequest,
  type Schedule,
  type ScheduleSlot,
  type ScheduleState,
} from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';
import type { RunRepository } from '#libs/run-state';
import { decideSlots } from './plan/decide-slots';
import { nextSlotMs, slotsBetween } from './plan/slots';
import type { ScheduleRef, ScheduleRepository, StoredSchedule } from './store/schedule.repository';

/** What starting runs needs besides their records. */
export interface ScheduledFlow {
  addRun(run: { tenantId: string; runId: string }): Promise<void>;
}

/** Slots that are looked at after an absence; earlier ones are passed over without a word each. */
const DUE_MAX = 60;
/** Whoever should look at a slot in time has so long; then whoever leads does. */
const GRACE_MS = 10_000;
/** While runs wait in line, it is looked this often whether it is their turn. */
const LINE_MS = 5_000;
const NEVER_MS = 8.64e15;
/** Others that change the schedule at the same moment; each attempt starts from what they left. */
const ATTEMPTS = 20;

/**
 * Brings schedules up to date: decides what has come due, makes the runs, notes which have ended. Any number of processes may
 * do so at once: what was decided is written before a run is made, under the slot's own key, so that a slot has one run.
 */
export class ScheduleRunner {
  constructor(
    private readonly schedules: ScheduleRepository,
    private readonly runs: Pick<RunRepository, 'create' | 'state' | 'transition'>,
    private readonly flow: ScheduledFlow,
    /** What time it is in the cell, ms. */
    private readonly nowMs: () => Promise<number> | number,
  ) {}

  /** Decides all that is due. Answers the schedule as it stands then; `undefined`: there is none any more. */
  async advance(ref: ScheduleRef): Promise<StoredSchedule | undefined> {
    return this.change(ref, ({ schedule, state }, nowMs) => {
      const due = slotsBetween(schedule, Date.parse(state.decided_until), nowMs, DUE_MAX);
      return { schedule, ...decideSlots(schedule, state, due, nowMs) };
    });
  }

  /** Puts a slot in line that the clock has not brought: now, or one that has passed. Throws `slot_has_run`. */
  async runSlot(ref: ScheduleRef, slotMs?: number): Promise<ScheduleSlot> {
    let slot = '';
    const stored = await this.change(ref, ({ schedule, state }, nowMs) => {
      slot ||= new Date(slotMs ?? Math.floor(nowMs / 1_000) * 1_000).toISOString();
      const known = state.slots.find((one) => one.slot === slot);
      // Looked at again after the decision was written: then it stands there.
      if (known && known.by !== 'person' && known.state !== 'skipped') throw slotHasRun(ref, known);
      const wanted: ScheduleSlot = { slot, state: 'waiting', by: 'person', why: null, run_id: null };
      const slots =
        known?.by === 'person' && known.state !== 'skipped'
          ? state.slots
          : [...state.slots.filter((one) => one.slot !== slot), wanted];
      return { schedule, ...decideSlots(schedule, { ...state, slots }, { slots: [], more: false }, nowMs) };
    });
    const decided = stored?.state.slots.find((one) => one.slot === slot);
    if (!decided) throw appError('schedule_not_found', `tenant ${ref.tenantId} has no schedule ${ref.name}`);
    return decided;
  }

  /** A paused schedule lets its slots pass; what is under way goes on. Slots of a pause are not caught up. */
  async pause(ref: ScheduleRef, paused: boolean): Promise<StoredSchedule | undefined> {
    return this.change(ref, ({ schedule, state }, nowMs) => ({
      schedule: { ...schedule, paused },
      state: schedule.paused && !paused ? { ...state, decided_until: new Date(nowMs).toISOString() } : state,
      cancel: [],
    }));
  }

  /** When the schedule is to be looked at, if nobody comes by before. */
  nextLookMs(schedule: Schedule, state: ScheduleState, nowMs: number): number {
    if (state.slots.some((slot) => slot.state === 'waiting' || slot.state === 'starting'))
      return nowMs + LINE_MS;
    if (schedule.paused) return NEVER_MS;
    return nextSlotMs(schedule, Date.parse(state.decided_until)) + GRACE_MS;
  }

  private async change(
    ref: ScheduleRef,
    decide: (
      stored: StoredSchedule,
      nowMs: number,
    ) => { schedule: Schedule; state: ScheduleState; cancel: string[] },
  ): Promise<StoredSchedule | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const stored = await this.schedules.find(ref);
      if (!stored) return undefined;
      const nowMs = await this.nowMs();
      const seen = { ...stored, state: await this.observed(stored) };
      const { cancel, ...decided } = decide(seen, nowMs);
      const isNew =
        canonicalJson(decided) !== canonicalJson({ schedule: stored.schedule, state: stored.state });
      const next = { ...decided, version: stored.version };
      for (const runId of cancel) await this.cancel(ref, runId);
      // Written also when nothing is new, for when it is to be looked at.
      if (!(await this.schedules.save(next, this.nextLookMs(next.schedule, next.state, nowMs)))) continue;
      if (!isNew) return next;
    }
    throw appError(
      'internal',
      `schedule ${ref.name} of ${ref.tenantId} changes faster than it can be decided`,
    );
  }

  /** Makes the runs of slots that are to start, and notes which runs have ended. */
  private async observed({ schedule, state }: StoredSchedule): Promise<ScheduleState> {
    const slots = await Promise.all(
      state.slots.map(async (slot): Promise<ScheduleSlot> => {
        if (slot.state === 'starting') {
          return { ...slot, state: 'started', run_id: await this.start(schedule, slot.slot) };
        }
        if (slot.state !== 'started' || slot.run_id === null) return slot;
        const runState = await this.runs.state({ tenantId: schedule.tenant_id, runId: slot.run_id });
        const ended = runState === undefined || TERMINAL_RUN_STATES.includes(runState);
        return ended ? { ...slot, state: 'ended' } : slot;
      }),
    );
    return { ...state, slots };
  }

  private async start({ name, request }: Schedule, slot: string): Promise<string> {
    const ofSlot: RunRequest = { ...request, thread_id: request.thread_id ?? name };
    const idempotencyKey = `slot:${name}:${slot}`;
    const run = await this.runs.create(ofSlot, { source: 'cron', idempotencyKey, requestHash: 'slot' });
    // Its creator may have died before adding its flow: it is still queued then.
    if (run.created || (await this.runs.state(run)) === 'queued') await this.flow.addRun(run);
    return run.runId;
  }

  private async cancel({ tenantId, name }: ScheduleRef, runId: string): Promise<void> {
    const run = { tenantId, runId };
    const state = await this.runs.state(run);
    if (state === undefined || TERMINAL_RUN_STATES.includes(state)) return;
    await this.runs
      .transition(run, 'cancelled', {
        event: 'run_cancelled',
        message: `Cancelled by schedule ${name}: its next slot has come`,
      })
      .catch(async (error: unknown) => {
        // It has ended between the two looks.
        const now = await this.runs.state(run);
        if (now !== undefined && !TERMINAL_RUN_STATES.includes(now)) throw error;
      });
  }
}

function slotHasRun({ name }: ScheduleRef, { slot, run_id: runId }: ScheduleSlot): Error {
  const which = runId === null ? 'waits in line' : `has run ${runId}`;
  return appError('slot_has_run', `the slot ${slot} of ${name} ${which}`);
}
