/** Up to this, nobody need do anything. */
const WORTH_TELLING_MS = 2_000;

/** What is to be said of a process's clock. */
export type SkewNotice = { kind: 'wrong'; skewMs: number } | { kind: 'right'; skewMs: number };

/** Says each change of a clock once: when it becomes wrong, when it becomes wrong otherwise, when it is right again. */
export class SkewNotices {
  /** The skew that was told of last; null: the clock was right. */
  private told: number | null = null;

  /** `skewMs`: by how much the clock is ahead. */
  notice(skewMs: number): SkewNotice | null {
    if (Math.abs(skewMs) <= WORTH_TELLING_MS) {
      if (this.told === null) return null;
      this.told = null;
      return { kind: 'right', skewMs };
    }
    if (this.told !== null && Math.abs(skewMs - this.told) <= WORTH_TELLING_MS) return null;
    this.told = skewMs;
    return { kind: 'wrong', skewMs };
  }
}
