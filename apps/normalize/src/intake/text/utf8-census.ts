import { isAscii, isUtf8 } from 'node:buffer';

/** Counts what speaks for and against UTF-8 in bytes that come in chunks, wherever those are cut. */
export class Utf8Census {
  /** Characters of several bytes that are well-formed. */
  multibyte = 0;
  /** Bytes that cannot be UTF-8. */
  invalid = 0;
  private carry: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    if (this.carry.length === 0 && isAscii(chunk)) return;
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    // A character may go on in the next chunk: it is judged there.
    const whole = bytes.length - unfinishedTail(bytes);
    this.count(bytes.subarray(0, whole));
    this.carry = Buffer.from(bytes.subarray(whole));
  }

  end(): void {
    this.count(this.carry);
    this.carry = Buffer.alloc(0);
  }

  private count(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      for (const byte of bytes) if (byte >= 0xc0) this.multibyte += 1;
      return;
    }
    for (let i = 0; i < bytes.length;) {
      const length = sequenceLength(bytes[i] as number);
      if (length === 1) {
        i += 1;
      } else if (length > 1 && i + length <= bytes.length && isUtf8(bytes.subarray(i, i + length))) {
        this.multibyte += 1;
        i += length;
      } else {
        this.invalid += 1;
        i += 1;
      }
    }
  }
}

/** How many bytes at the end begin a character without finishing it. */
function unfinishedTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const length = sequenceLength(bytes[bytes.length - back] as number);
    if (length > 0) return length > back ? back : 0;
  }
  return 0;
}

/** Bytes of the character that this byte begins; 0 if none begins with it. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  return byte < 0xf5 ? 4 : 0;
}
