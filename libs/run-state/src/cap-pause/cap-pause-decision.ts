import type { RunState } from '#libs/contracts';

/** A cap as the gate sees it now. */
export interface CapStanding {
  /** As people call it. */
  vendor: string;
  /** Until somebody may be granted a call again, ms; 0: now. */
  opensInMs: number;
  /** What is used up or why it is closed, e.g. `minute cap 20/20 used`. */
  why: string;
}

/** What a decision needs of a run. */
export interface PausableRun {
  state: RunState;
  pauseReason: 'person' | 'vendor_cap' | null;
  /** False while companies are still being added. */
  allAdded: boolean;
  candidates: number;
  /** Ended, whichever way. */
  ended: number;
  /** Companies waiting in the lane of each cap. */
  parked: ReadonlyMap<string, number>;
}

export type CapPauseDecision =
  { kind: 'pause'; message: string; resumesInMs: number } | { kind: 'resume' } | { kind: 'nothing' };

/** A shorter wait is over before anybody has read of it. */
const PAUSE_FROM_MS = 3_000;

const NOTHING: CapPauseDecision = { kind: 'nothing' };

/**
 * A run pauses itself when every company it has left waits on a cap that stays closed for a while, and goes on once any
 * of these caps opens, or when a company waits on none of them any more; the first call that is granted resumes it, too. Pure; `nowMs` only dates the message.
 */
export function decideCapPause(
  run: PausableRun,
  standings: ReadonlyMap<string, CapStanding>,
  nowMs: number,
): CapPauseDecision {
  const left = run.candidates - run.ended;
  const waits = [...run.parked]
    .map(([capId, companies]) => ({ companies, standing: standings.get(capId) }))
    .flatMap(({ companies, standing }) =>
      standing && companies > 0 && standing.opensInMs > 0 ? [{ companies, ...standing }] : [],
    )
    .sort((a, b) => a.opensInMs - b.opensInMs);
  const waiting = waits.reduce((sum, { companies }) => sum + companies, 0);
  const [first] = waits;
  if (run.state === 'paused' && run.pauseReason === 'vendor_cap') {
    if (first && left > 0 && waiting >= left) return NOTHING;
    return { kind: 'resume' };
  }
  if (run.state !== 'running' || !run.allAdded || left <= 0 || !first || waiting < left) return NOTHING;
  if (first.opensInMs < PAUSE_FROM_MS) return NOTHING;
  const resumes = new Date(nowMs + first.opensInMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    kind: 'pause',
    resumesInMs: first.opensInMs,
    message: `Paused: ${first.vendor} ${first.why}, resumes ${resumes}; ${progress(run)}`,
  };
}

function progress({ ended, candidates }: PausableRun): string {
  return `${ended} of ${candidates} companies enriched`;
}
