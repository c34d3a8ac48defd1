/**
 * Keeps the first `capacity` of any number of items by a total order, in memory of that order: what cannot make it any
 * more is dropped as it comes. The result does not depend on the order of adding.
 */
export class BoundedRanking<Item> {
  private kept: Item[] = [];
  /** Once full: what a new item must precede to matter. */
  private last: Item | undefined;

  /** `compare`: negative if `a` comes first; 0 only for the same item. */
  constructor(
    private readonly capacity: number,
    private readonly compare: (a: Item, b: Item) => number,
  ) {}

  add(item: Item): void {
    if (this.last !== undefined && this.compare(item, this.last) > 0) return;
    this.kept.push(item);
    // Sorted now and then instead of at every add: O(log capacity) per item on average, and no heap to maintain.
    if (this.kept.length >= this.capacity + Math.max(1_000, this.capacity / 4)) this.prune();
  }

  /** The kept items, best first. */
  items(): readonly Item[] {
    this.prune();
    return this.kept;
  }

  private prune(): void {
    this.kept.sort(this.compare);
    this.kept.length = Math.min(this.kept.length, this.capacity);
    if (this.kept.length === this.capacity) this.last = this.kept.at(-1);
  }
}
