type Constructor<Numbers> = new (length: number) => Numbers;

/** A typed array that grows: eight or four bytes per number, where an array of objects would take a hundred. */
export class GrowingArray<Numbers extends Float64Array | Uint32Array> {
  length = 0;
  private numbers: Numbers;

  constructor(private readonly type: Constructor<Numbers>) {
    this.numbers = new type(1_024);
  }

  push(value: number): void {
    this.set(this.length, value);
  }

  /** Places never set hold 0. */
  get(index: number): number {
    return index < this.numbers.length ? (this.numbers[index] as number) : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.length) this.length = index + 1;
    if (index >= this.numbers.length) {
      // A column in which hardly a row has a value needs no memory for the others.
      if (value === 0) return;
      this.grow(index + 1);
    }
    this.numbers[index] = value;
  }

  private grow(least: number): void {
    const grown = new this.type(Math.max(least, Math.ceil(this.numbers.length * 1.5)));
    grown.set(this.numbers);
    this.numbers = grown;
  }
}
