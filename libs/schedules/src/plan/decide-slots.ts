import type { Schedule, ScheduleSlot, ScheduleState } from '#libs/contracts';

/** A slot that is noticed later than this was missed: nobody was there at its time. */
export const ON_TIME_MS = 10 * 60_000;
/** Slots of a schedule that are remembered. */
const REMEMBERED = 100;

export interface DueSlots {
  /** Not decided yet, oldest first, ms. */
  slots: readonly number[];
  /** There are earlier ones, too many to be listed. */
  more: boolean;
}

export interface SlotDecision {
  state: ScheduleState;
  /** Runs that have to make room: those of slots that were `started`. */
  cancel: string[];
}

type Policies = Pick<Schedule, 'overlap' | 'catch_up' | 'catch_up_max' | 'paused'>;

/**
 * What becomes of the slots that have come up to `nowMs`. First, which of them run: the one that is on time, and of those
 * that were missed what the catch-up policy says. Then, when: at once, or in line, or not at all, by the overlap policy. Runs
 * of a line start one after the other, each when the one before it has ended. A paused schedule lets its slots pass.
 */
export function decideSlots(
  policies: Policies,
  state: ScheduleState,
  due: DueSlots,
  nowMs: number,
): SlotDecision {
  const slots = [...state.slots];
  let cancel: string[] = [];
  const newest = due.slots.at(-1);
  const onTime = newest !== undefined && nowMs - newest <= ON_TIME_MS ? newest : undefined;
  const missed = onTime === undefined ? due.slots : due.slots.slice(0, -1);
  const caughtUp = policies.paused ? [] : catchUp(policies, missed, onTime !== undefined);
  for (const slot of missed) {
    if (caughtUp.includes(slot)) slots.push(entry(slot, 'waiting', 'catch_up'));
    else
      slots.push(
        entry(slot, 'skipped', 'clock', policies.paused ? 'paused' : 'nobody was there at its time'),
      );
  }
  if (onTime !== undefined) {
    if (policies.paused) slots.push(entry(onTime, 'skipped', 'clock', 'paused'));
    else if (policies.overlap === 'cancel-previous') {
      cancel = makeRoom(slots, onTime);
      slots.push(entry(onTime, 'starting', 'clock'));
    } else slots.push(inLine(policies, slots, caughtUp.length > 0, onTime));
  }
  startNext(slots);
  return {
    state: {
      decided_until: iso(newest ?? Date.parse(state.decided_until)),
      slots: slots.slice(-REMEMBERED),
    },
    cancel,
  };
}

/** Oldest first. What runs on time makes up for what was missed, unless all are wanted. */
function catchUp(
  { catch_up: policy, catch_up_max: max }: Policies,
  missed: readonly number[],
  hasOnTime: boolean,
): number[] {
  if (policy === 'all') return missed.slice(-max);
  return policy === 'last' && !hasOnTime ? missed.slice(-1) : [];
}

/** A slot beside which others run or wait. Behind slots that are caught up there is always room. */
function inLine(
  { overlap }: Policies,
  slots: readonly ScheduleSlot[],
  afterCaughtUp: boolean,
  slot: number,
): ScheduleSlot {
  const waiting = slots.some(({ state }) => state === 'waiting');
  if (afterCaughtUp || (!waiting && !isBusy(slots))) return entry(slot, 'waiting', 'clock');
  if (overlap === 'skip') return entry(slot, 'skipped', 'clock', 'an earlier run had not ended');
  return waiting
    ? entry(slot, 'skipped', 'clock', 'another slot waited already')
    : entry(slot, 'waiting', 'clock');
}

/** For `cancel-previous`: nothing stands before this slot any more. Answers the runs to cancel. */
function makeRoom(slots: ScheduleSlot[], forSlot: number): string[] {
  const why = `replaced by ${iso(forSlot)}`;
  const cancelled = slots.flatMap(({ state, run_id: id }) =>
    state === 'started' && id !== null ? [id] : [],
  );
  for (const [i, slot] of slots.entries()) {
    if (slot.state === 'waiting' || slot.state === 'starting') slots[i] = { ...slot, state: 'skipped', why };
    if (slot.state === 'started') slots[i] = { ...slot, state: 'ended' };
  }
  return cancelled;
}

function startNext(slots: ScheduleSlot[]): void {
  if (isBusy(slots)) return;
  const next = slots.findIndex(({ state }) => state === 'waiting');
  const slot = slots[next];
  if (slot) slots[next] = { ...slot, state: 'starting' };
}

function isBusy(slots: readonly ScheduleSlot[]): boolean {
  return slots.some(({ state }) => state === 'starting' || state === 'started');
}

function entry(
  slotMs: number,
  state: ScheduleSlot['state'],
  by: ScheduleSlot['by'],
  why: string | null = null,
): ScheduleSlot {
  return { slot: iso(slotMs), state, by, why, run_id: null };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
