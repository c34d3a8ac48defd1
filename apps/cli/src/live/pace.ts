/** Seen this many companies end in this long, the pace is worth telling. */
const COMPANIES_MIN = 10;
const WATCHED_MS_MIN = 5_000;
/** The pace of the last minute: what was before says less of what comes. */
const WINDOW_MS = 60_000;

/** How fast companies end, by looking; nothing is said before there is something to say. Times are of any steady clock, ms. */
export class Pace {
  private looks: { atMs: number; ended: number }[] = [];

  look(atMs: number, ended: number): void {
    this.looks.push({ atMs, ended });
    while (this.looks.length > 2 && (this.looks[1]?.atMs ?? atMs) <= atMs - WINDOW_MS) this.looks.shift();
  }

  /** A run that stood still goes on at a pace of its own. */
  forget(): void {
    this.looks = [];
  }

  /** Seconds that so many more would take at this pace; undefined where nobody can say. */
  secondsFor(left: number): number | undefined {
    const [first] = this.looks;
    const last = this.looks.at(-1);
    if (!first || !last) return undefined;
    const [ended, ms] = [last.ended - first.ended, last.atMs - first.atMs];
    if (ended < COMPANIES_MIN || ms < WATCHED_MS_MIN) return undefined;
    return (left * ms) / ended / 1_000;
  }
}
