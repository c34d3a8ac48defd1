/** The latest of many moments, in their order. Adding costs the same however many there are. */
export class RecentTimes {
  private times: number[] = [];

  /** The `n`-th last, from 1; undefined when there are fewer. */
  last(n: number): number | undefined {
    return this.times.at(-n);
  }

  /** Keeps at least the last `most`. */
  add(time: number, most: number): void {
    this.times.push(time);
    // Now and then, since dropping from the front moves all that stay.
    if (this.times.length > 2 * most + 1_000) this.times = this.times.slice(-most);
  }
}
