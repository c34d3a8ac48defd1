const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
const RESTARTS_A_MINUTE = 5;
const MINUTE_MS = 60_000;

/**
 * When a crashed process is started again: after 200 ms, doubling to 5 s, five times in any minute and no more.
 * Pure: told the time, in any monotonic milliseconds.
 */
export class RestartPolicy {
  private crashes: number[] = [];

  /** How long to wait before the next start, or `undefined` to give up. */
  afterCrash(nowMs: number): number | undefined {
    this.crashes = this.crashes.filter((at) => nowMs - at < MINUTE_MS);
    this.crashes.push(nowMs);
    if (this.crashes.length > RESTARTS_A_MINUTE) return undefined;
    return Math.min(FIRST_WAIT_MS * 2 ** (this.crashes.length - 1), LONGEST_WAIT_MS);
  }
}
