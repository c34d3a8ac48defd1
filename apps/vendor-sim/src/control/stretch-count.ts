import type { WindowCount } from './window-count';

/** One stretch after another: those of the wall clock (`fixed`), or each from a first request on (`anchored`). */
export class StretchCount implements WindowCount {
  private startMs = -Infinity;
  private sum = 0;

  constructor(
    private readonly lengthMs: number,
    private readonly kind: 'fixed' | 'anchored',
  ) {}

  taken(nowMs: number): number {
    return nowMs < this.startMs + this.lengthMs ? this.sum : 0;
  }

  take(nowMs: number, units: number): void {
    if (nowMs >= this.startMs + this.lengthMs) {
      this.startMs = this.kind === 'anchored' ? nowMs : this.clockStart(nowMs);
      this.sum = 0;
    }
    this.sum += units;
  }

  resetInMs(nowMs: number): number {
    const startMs = this.kind === 'fixed' ? this.clockStart(nowMs) : this.startMs;
    return Math.max(0, startMs + this.lengthMs - nowMs);
  }

  private clockStart(nowMs: number): number {
    return Math.floor(nowMs / this.lengthMs) * this.lengthMs;
  }
}
