import type { AcquireAnswer } from '#libs/vendor-gate';

export type Wait = Extract<AcquireAnswer, { kind: 'wait' }>;

/** What a job does about a call that has to wait. */
export type WaitDecision =
  /** Hold on to the job and ask again then. */
  | { kind: 'sleep'; inMs: number }
  /** Wait in the cap's lane. */
  | { kind: 'park' }
  /** Nobody of this lane is served for so long: the lane itself waits. */
  | { kind: 'close'; inMs: number }
  /** Give the job back to its queue for so long; the others go on. */
  | { kind: 'later'; inMs: number };

/** Inline, a job holds a place that any other company could use: it sleeps through what parking would take. */
const INLINE_SLEEP_MS = 20;
const INLINE_SLEPT_MAX_MS = 100;
/** In a lane all wait for the same cap, and each is told when its own turn may come. */
const LANE_SLEEP_MS = 1_000;
/** … but not for ever: a job's deadline counts as an attempt, and caps must never use those up. */
export const LANE_SLEPT_MAX_MS = 30_000;
/** A job that was given back looks again at least this often. */
const LATER_MAX_MS = 30_000;
/** Somebody tries whether the vendor is well again, and it may turn out at any moment. */
const PROBE_LOOK_MS = 2_000;

/**
 * Pure: decides from the gate's answer, from where it was asked, and how long this job has slept for the call already.
 * `sharedWindows`: the call takes from every window of the cap, so that a full one holds up the whole lane.
 */
export function decideWait(
  wait: Wait,
  { from, sleptMs, sharedWindows }: { from: 'inline' | 'lane'; sleptMs: number; sharedWindows: boolean },
): WaitDecision {
  if (wait.reason === 'budget' || wait.reason === 'pending') return later(wait);
  return from === 'inline' ? outsideLane(wait, sleptMs) : inLane(wait, sleptMs, sharedWindows);
}

function outsideLane({ inMs, reason }: Wait, sleptMs: number): WaitDecision {
  const short = inMs <= INLINE_SLEEP_MS && sleptMs < INLINE_SLEPT_MAX_MS;
  return short && reason !== 'turn' ? { kind: 'sleep', inMs } : { kind: 'park' };
}

function inLane(wait: Wait, sleptMs: number, sharedWindows: boolean): WaitDecision {
  const { inMs, reason } = wait;
  if (inMs <= LANE_SLEEP_MS) return sleptMs < LANE_SLEPT_MAX_MS ? { kind: 'sleep', inMs } : later(wait);
  switch (reason) {
    case 'closed':
      return { kind: 'close', inMs };
    case 'probe':
      return { kind: 'close', inMs: Math.min(inMs, PROBE_LOOK_MS) };
    case 'window':
    case 'window_guard':
      return sharedWindows ? { kind: 'close', inMs } : later(wait);
    default:
      return later(wait);
  }
}

function later({ inMs }: Wait): WaitDecision {
  return { kind: 'later', inMs: Math.min(inMs, LATER_MAX_MS) };
}
