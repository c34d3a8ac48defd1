/** What one key has taken of one window, as its vendor counts. Moments handed in never go back. */
export interface WindowCount {
  /** Units that count at this moment. */
  taken(nowMs: number): number;
  take(nowMs: number, units: number): void;
  /** Until nothing counts any more (sliding), or a new stretch begins; 0 where none has begun. */
  resetInMs(nowMs: number): number;
}
