import { randomUUID } from 'node:crypto';
import { open as openFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { errorCode } from '#libs/kernel';
import { checkedKey, PART_SUFFIX } from '../object-keys';
import type { ObjectSource, ObjectStorage, ObjectWriter } from '../object-storage.port';
import { createDurableFolder } from './durable-folder';
import { FileObjectWriter } from './file-object-writer';
import { storageError } from './storage-error';

/**
 * Object storage in a local folder, shared by every process that can see it (one machine, or a shared volume with
 * POSIX rename). Written as a part file in the same folder, fsynced, renamed, folder fsynced.
 * `open` is replaced only by tests that need a disk to fail.
 */
export class FileObjectStorage implements ObjectStorage {
  private readonly root: string;

  constructor(
    rootDir: string,
    private readonly openHandle: typeof openFile = openFile,
  ) {
    this.root = resolve(rootDir);
  }

  async write(key: string, source: ObjectSource, options: { signal?: AbortSignal } = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const writer = await this.createWriter(key);
    try {
      for await (const piece of pieces(source)) {
        options.signal?.throwIfAborted();
        await writer.write(piece);
      }
      options.signal?.throwIfAborted();
      await writer.commit();
    } finally {
      await writer.abort();
    }
  }

  async createWriter(key: string): Promise<ObjectWriter> {
    const finalPath = this.locate(key);
    const partPath = `${finalPath}.${randomUUID()}${PART_SUFFIX}`;
    try {
      await createDurableFolder(dirname(finalPath));
      const handle = await this.openHandle(partPath, 'wx', 0o640);
      return new FileObjectWriter(handle, partPath, key, (other) => this.locate(other));
    } catch (error) {
      throw storageError('writing', finalPath, error);
    }
  }

  async open(key: string, { from = 0 }: { from?: number } = {}): Promise<Readable> {
    const path = this.locate(key);
    try {
      // Opened here, not lazily by the stream: a missing object is this call's error, not a stream event later.
      const handle = await this.openHandle(path, 'r');
      return handle.createReadStream({ start: from, highWaterMark: 256 * 1024 });
    } catch (error) {
      throw storageError('reading', path, error);
    }
  }

  async exists(key: string): Promise<boolean> {
    const path = this.locate(key);
    try {
      return (await stat(path)).isFile();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw storageError('reading', path, error);
    }
  }

  async size(key: string): Promise<number> {
    const path = this.locate(key);
    try {
      return (await stat(path)).size;
    } catch (error) {
      throw storageError('reading', path, error);
    }
  }

  async remove(key: string): Promise<boolean> {
    const path = this.locate(key);
    try {
      await rm(path);
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw storageError('removing', path, error);
    }
  }

  async listFolders(prefix: string): Promise<string[]> {
    const folder = this.locateFolder(prefix);
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${prefix}${name}/`);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw storageError('listing', folder, error);
    }
  }

  async removeFolder(prefix: string): Promise<void> {
    const folder = this.locateFolder(prefix);
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      throw storageError('removing', folder, error);
    }
  }

  async list(prefix: string): Promise<string[]> {
    const folder = this.locateFolder(prefix);
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(PART_SUFFIX))
        .map((entry) => relative(this.root, join(entry.parentPath, entry.name)).split(sep).join('/'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw storageError('listing', folder, error);
    }
  }

  locate(key: string): string {
    return join(this.root, checkedKey(key));
  }

  private locateFolder(prefix: string): string {
    return this.locate(prefix.replace(/\/$/, ''));
  }

  async removeStaleParts({ olderThanMs, nowMs }: { olderThanMs: number; nowMs: number }): Promise<number> {
    let removed = 0;
    try {
      for (const entry of await readdir(this.root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !entry.name.endsWith(PART_SUFFIX)) continue;
        const path = join(entry.parentPath, entry.name);
        // A writer at work keeps its part's modification time young.
        const modifiedMs = await stat(path).then((s) => s.mtimeMs, unlessGone);
        if (modifiedMs === undefined || nowMs - modifiedMs < olderThanMs) continue;
        await rm(path, { force: true });
        removed += 1;
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return removed;
      throw storageError('cleaning', this.root, error);
    }
    return removed;
  }
}

/** Text and bytes are iterables themselves, of characters and numbers: one piece here. */
function pieces(source: ObjectSource): Exclude<ObjectSource, string | Uint8Array> {
  return typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
}

/** A part may be renamed or removed by its own writer while we look at it. */
function unlessGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
}
