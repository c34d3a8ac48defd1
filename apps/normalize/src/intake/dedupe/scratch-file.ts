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

  /** For reading on and on: most texts come out of one read with hundreds of their neighbours. */
  readInOrder(number: number): string {
    return this.readWindowed(number) ?? this.moveWindow(number) ?? this.readAlone(number);
  }

  /** For a look elsewhere in between, which costs a read of its own. */
  readAnywhere(number: number): string {
    return this.readWindowed(number) ?? this.readAlone(number);
  }

  /** Closes and deletes the file; the instance is of no use afterwards. */
  remove(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }

  private readWindowed(number: number): string | undefined {
    const from = this.offsets.get(number) - this.windowStart;
    const to = this.offsets.get(number + 1) - this.windowStart;
    return from >= 0 && to <= this.windowBytes ? this.window.toString('utf8', from, to) : undefined;
  }

  private moveWindow(number: number): string | undefined {
    this.windowStart = this.offsets.get(number);
    this.windowBytes = this.readBytes(this.window, this.windowStart).length;
    return this.readWindowed(number);
  }

  private readAlone(number: number): string {
    const start = this.offsets.get(number);
    const length = this.offsets.get(number + 1) - start;
    return this.readBytes(Buffer.allocUnsafe(length), start).toString();
  }

  private readBytes(target: Buffer, position: number): Buffer {
    if (this.unwrittenBytes > 0) this.flush();
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
