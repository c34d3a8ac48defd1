import type { WindowCount } from './window-count';

/** A stretch of one window's length that ends now, whenever now is. Each request is added once and dropped once. */
export class SlidingCount implements WindowCount {
  private times: number[] = [];
  private units: number[] = [];
  /** The first that still counts. */
  private from = 0;
  private sum = 0;

  constructor(private readonly lengthMs: number) {}

  taken(nowMs: number): number {
    for (; this.from < this.times.length; this.from++) {
      if ((this.times[this.from] ?? Infinity) > nowMs - this.lengthMs) break;
      this.sum -= this.units[this.from] ?? 0;
    }
    this.forget();
    return this.sum;
  }

  take(nowMs: number, units: number): void {
    this.times.push(nowMs);
    this.units.push(units);
    this.sum += units;
  }

  resetInMs(nowMs: number): number {
    const last = this.times.at(-1);
    return last === undefined ? 0 : Math.max(0, last + this.lengthMs - nowMs);
  }

  /** Now and then, since dropping from the front moves all that stay. */
  private forget(): void {
    if (this.from < 1_000 || this.from < this.times.length / 2) return;
    this.times = this.times.slice(this.from);
    this.units = this.units.slice(this.from);
    this.from = 0;
  }
}
