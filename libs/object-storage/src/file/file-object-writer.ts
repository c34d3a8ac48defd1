import { rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ObjectWriter } from '../object-storage.port';
import { createDurableFolder, syncFolder } from './durable-folder';
import { storageError } from './storage-error';

/** One write call per this many bytes: lines are far smaller than what a disk likes. */
const BUFFER_BYTES = 256 * 1024;

/** Writes a part file beside the final one and renames it on commit; see the port for the guarantees. */
export class FileObjectWriter implements ObjectWriter {
  private pieces: Uint8Array[] = [];
  private bufferedBytes = 0;
  private ended = false;

  /** `pathOf`: the checked path of a key. */
  constructor(
    private readonly handle: FileHandle,
    private readonly partPath: string,
    private readonly key: string,
    private readonly pathOf: (key: string) => string,
  ) {}

  async write(piece: string | Uint8Array): Promise<void> {
    this.assertOpen();
    // Copied: the caller may reuse its buffer before ours is flushed.
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece);
    this.pieces.push(bytes);
    this.bufferedBytes += bytes.length;
    if (this.bufferedBytes >= BUFFER_BYTES) await this.guarded('writing', () => this.flush());
  }

  async commit(key: string = this.key): Promise<void> {
    this.assertOpen();
    const finalPath = this.pathOf(key);
    await this.guarded('writing', async () => {
      await this.flush();
      await this.handle.sync();
      await this.handle.close();
      if (key !== this.key) await createDurableFolder(dirname(finalPath));
      await rename(this.partPath, finalPath);
      this.ended = true;
      await syncFolder(dirname(finalPath));
    });
  }

  async abort(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.pieces = [];
    try {
      await this.handle.close();
    } finally {
      await rm(this.partPath, { force: true });
    }
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.pieces);
    this.pieces = [];
    this.bufferedBytes = 0;
    // appendFile goes on after a short write, which a nearly full disk answers with; `write` would not.
    if (bytes.length > 0) await this.handle.appendFile(bytes);
  }

  /** Removes the part on any failure and names the place in the error. */
  private async guarded(doing: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const failure = storageError(doing, this.pathOf(this.key), error);
      // The first failure is the one to report; a part that cannot be removed now is stale later.
      await this.abort().catch((removal: unknown) => (failure.cause = [error, removal]));
      throw failure;
    }
  }

  private assertOpen(): void {
    if (this.ended) throw new TypeError(`the writer of ${this.key} has ended`);
  }
}
