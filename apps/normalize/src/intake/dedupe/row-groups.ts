import { GrowingArray } from './growing-array';

/** Rows (numbered from 0) in disjoint groups; each group is called by its first row. Twelve bytes per row. */
export class RowGroups {
  private readonly parent = new GrowingArray(Uint32Array);
  /** A group's rows as a chain from its first row on: the next one plus 1, 0 at the end. */
  private readonly next = new GrowingArray(Uint32Array);
  /** Of a group's first row: the last row of its chain. */
  private readonly last = new GrowingArray(Uint32Array);

  get size(): number {
    return this.parent.length;
  }

  /** A new row in a group of its own. */
  add(): number {
    const row = this.size;
    this.parent.push(row);
    this.next.push(0);
    this.last.push(row);
    return row;
  }

  isFirst(row: number): boolean {
    return this.parent.get(row) === row;
  }

  isAlone(first: number): boolean {
    return this.last.get(first) === first;
  }

  groupOf(row: number): number {
    let at = row;
    while (!this.isFirst(at)) {
      const up = this.parent.get(this.parent.get(at));
      this.parent.set(at, up);
      at = up;
    }
    return at;
  }

  /** Makes two groups one; answers its first row. */
  unite(a: number, b: number): number {
    const [left, right] = [this.groupOf(a), this.groupOf(b)];
    if (left === right) return left;
    const first = Math.min(left, right);
    const other = Math.max(left, right);
    this.parent.set(other, first);
    this.next.set(this.last.get(first), other + 1);
    this.last.set(first, this.last.get(other));
    return first;
  }

  /** The group's rows, ascending only by chance. */
  *rowsOf(first: number): Generator<number> {
    for (let row = first + 1; row !== 0; row = this.next.get(row - 1)) yield row - 1;
  }
}
