/**
 * A process's own clock, in epoch milliseconds. Only for timestamps people read and for durations within one
 * process: whatever two processes must agree on is decided by Redis `TIME` inside a script.
 */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };
