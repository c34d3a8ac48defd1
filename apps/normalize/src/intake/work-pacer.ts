import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may hold the event loop: far below the seconds after which a job's lock is thought lost. */
const HOLD_MS_MAX = 25;

/** Lets long work breathe: called often, it gives the event loop a turn now and then, and ends work that was aborted. */
export class WorkPacer {
  private heldSince = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Throws the signal's reason once it is aborted. */
  async breathe(): Promise<void> {
    if (this.isDue()) await this.yieldTurn();
  }

  /** For loops too tight to await in every round: `if (pacer.isDue()) await pacer.yieldTurn()`. */
  isDue(): boolean {
    return performance.now() - this.heldSince >= HOLD_MS_MAX;
  }

  async yieldTurn(): Promise<void> {
    this.signal.throwIfAborted();
    await nextTurn();
    this.heldSince = performance.now();
    this.signal.throwIfAborted();
  }
}
