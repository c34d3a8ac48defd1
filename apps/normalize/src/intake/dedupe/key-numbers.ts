import { hashText, type HashText } from './hash-text';

const LOAD_MAX = 0.7;

/** Numbers texts from 1 on, the same text always the same, in twelve to forty bytes each however long they are. */
export class KeyNumbers {
  /** How many different texts were seen; the highest number given. */
  count = 0;
  /** Open addressing: a hash, and at the same place the number given to it. 0 is free. */
  private hashes = new Float64Array(1_024);
  private numbers = new Uint32Array(1_024);

  constructor(private readonly hash: HashText = hashText) {}

  numberOf(text: string): number {
    const hash = this.hash(text);
    const slot = this.slotOf(hash);
    const known = this.numbers[slot] as number;
    if (known !== 0) return known;
    this.count += 1;
    this.hashes[slot] = hash;
    this.numbers[slot] = this.count;
    if (this.count > this.hashes.length * LOAD_MAX) this.grow();
    return this.count;
  }

  private slotOf(hash: number): number {
    const mask = this.hashes.length - 1;
    // The low 32 bits choose the first slot; 2^31 slots would be beyond any memory.
    let slot = (hash >>> 0) & mask;
    while (this.hashes[slot] !== 0 && this.hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { hashes, numbers } = this;
    this.hashes = new Float64Array(hashes.length * 2);
    this.numbers = new Uint32Array(hashes.length * 2);
    for (let i = 0; i < hashes.length; i += 1) {
      const hash = hashes[i] as number;
      if (hash === 0) continue;
      const slot = this.slotOf(hash);
      this.hashes[slot] = hash;
      this.numbers[slot] = numbers[i] as number;
    }
  }
}
