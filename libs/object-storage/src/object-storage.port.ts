import type { Readable } from 'node:stream';

/** What can become an object: all at once, or piece by piece without ever being held in memory. */
export type ObjectSource =
  string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Named blobs shared by all processes: input sets, run files, exports.
 * An object is there as a whole or not at all: a reader never sees a part of one, also after a crash or on a full disk.
 * Keys are made by `objectKeys`; a malformed one is a programming error and throws `RangeError`.
 * Everything that goes wrong outside throws `storage_failed`, naming the place and the way out.
 */
export interface ObjectStorage {
  /**
   * Stores `source` under `key`, replacing what was there. An error of the source itself, or the signal's reason, is
   * rethrown as it is and leaves nothing behind.
   */
  write(key: string, source: ObjectSource, options?: { signal?: AbortSignal }): Promise<void>;

  /** For a producer that writes several objects side by side. Must be ended by `commit` or `abort`. */
  createWriter(key: string): Promise<ObjectWriter>;

  /** The object's bytes, from the start or from a byte on; open it anew for every pass. Read it to its end or destroy it. */
  open(key: string, options?: { from?: number }): Promise<Readable>;

  exists(key: string): Promise<boolean>;

  /** In bytes. */
  size(key: string): Promise<number>;

  /** False: there was no such object. */
  remove(key: string): Promise<boolean>;

  /** The keys below a folder, `prefix` ending in `/`, in no order; objects in the making are not among them. */
  list(prefix: string): Promise<string[]>;

  /** The folders right below a folder, each ending in `/` as `prefix` does, in no order. */
  listFolders(prefix: string): Promise<string[]>;

  /** Removes a folder, `prefix` ending in `/`, with everything below it. Harmless where there is none. */
  removeFolder(prefix: string): Promise<void>;

  /** Where a person finds the object: an absolute path here, a URL elsewhere. Says nothing about its existence. */
  locate(key: string): string;

  /** Removes what crashed writers left behind more than `olderThanMs` before `nowMs`; answers how many. */
  removeStaleParts(limits: { olderThanMs: number; nowMs: number }): Promise<number>;
}

/** An object in the making; nobody sees it before `commit`. Not for concurrent use: await each call. */
export interface ObjectWriter {
  /** Text is UTF-8. Resolves once the piece is buffered or stored: await it and memory stays flat. */
  write(piece: string | Uint8Array): Promise<void>;

  /**
   * Makes the object visible and durable. `key` only where the name depends on the content (a hash);
   * else the key the writer was created for.
   */
  commit(key?: string): Promise<void>;

  /** Drops everything written. Harmless after `commit` or a failure, so it fits a `finally`. */
  abort(): Promise<void>;
}
