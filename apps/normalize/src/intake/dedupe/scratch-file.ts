import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { GrowingArray } from './growing-array';

const WRITE_BYTES = 256 * 1024;
const READ_BYTES = 256 * 1024;

/**
 * Texts put aside on disk, found again by their number (0 for the first). Memory: eight bytes per text and two buffers.
 * All calls are synchronous, since most cost a copy in memory only. Throws `storage_failed`.
 */
export class ScratchFile {
  private readonly path: string;
  private readonly file: number;
  /** Where each text begins; the last one is where the next will. */
  private readonly offsets = new GrowingArray(Float64Array);
  private readonly unwritten = Buffer.alloc(WRITE_BYTES);
  private unwrittenBytes = 0;
  private readonly window = Buffer.alloc(READ_BYTES);
  private windowStart = 0;
  private windowBytes = 0;

  /** `directory` must exist and should be local. */
  constructor(directory: string) {
    this.path = join(directory, `normalize-${randomUUID()}.tmp`);
    this.file = this.guarded(() => openSync(this.path, 'wx+', 0o600));
    this.offsets.push(0);
  }

  append(text: string): void {
    const bytes = Buffer.from(text);
    if (this.unwrittenBytes + bytes.length > WRITE_BYTES) this.flush();
    if (bytes.length > WRITE_BYTES) this.write(bytes);
    else this.unwrittenBytes += bytes.copy(this.unwritten, this.unwrittenBytes);
    this.offsets.push(this.offsets.get(this.offsets.length - 1) + bytes.length);
  }

  read(number: number): string {
    if (this.unwrittenBytes > 0) this.flush();
    const start = this.offsets.get(number);
    const length = this.offsets.get(number + 1) - start;
    const windowed = this.windowed(start, length);
    return windowed ?? this.readBytes(Buffer.allocUnsafe(length), start).toString();
  }

  /** Closes and deletes the file; the instance is of no use afterwards. */
  remove(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }

  /** Texts are mostly read in order: one read then brings hundreds. A look far back or ahead does not move the window. */
  private windowed(start: number, length: number): string | undefined {
    const windowEnd = this.windowStart + this.windowBytes;
    const isNear = start >= this.windowStart && start <= windowEnd + READ_BYTES / 16;
    if (!isNear || length > READ_BYTES) return undefined;
    if (start + length > windowEnd) {
      this.windowBytes = this.readBytes(this.window, start).length;
      this.windowStart = start;
    }
    const from = start - this.windowStart;
    return this.window.toString('utf8', from, from + length);
  }

  private readBytes(target: Buffer, position: number): Buffer {
    return this.guarded(() => {
      let bytes = 0;
      for (let read = -1; read !== 0 && bytes < target.length; bytes += read) {
        read = readSync(this.file, target, bytes, target.length - bytes, position + bytes);
      }
      return target.subarray(0, bytes);
    });
  }

  private flush(): void {
    this.write(this.unwritten.subarray(0, this.unwrittenBytes));
    this.unwrittenBytes = 0;
  }

  private write(bytes: Buffer): void {
    this.guarded(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at);
    });
  }

  private guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (thrown) {
      throw appError('storage_failed', `${this.path}: ${toError(thrown).message}; is the disk full?`, {
        cause: thrown,
      });
    }
  }
}
