import { createHash } from 'node:crypto';
import { objectKeys } from './object-keys';
import type { ObjectStorage } from './object-storage.port';

export interface StoredDataset {
  /** Object key, for `dataset_key` of a run request. */
  key: string;
  /** Hex SHA-256 of the content. */
  sha256: string;
  bytes: number;
}

/**
 * Streams an input set into storage under the hash of its content. The same content again is found, not replaced.
 * `extension`: letters and digits without a dot, e.g. `csv`. Errors of the source are rethrown and leave nothing behind.
 */
export async function storeDataset(
  storage: ObjectStorage,
  tenantId: string,
  source: AsyncIterable<string | Uint8Array>,
  extension: string,
): Promise<StoredDataset> {
  const hash = createHash('sha256');
  let bytes = 0;
  const writer = await storage.createWriter(objectKeys.dataset(tenantId, 'upload', extension));
  try {
    for await (const piece of source) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(chunk);
      bytes += chunk.length;
      await writer.write(chunk);
    }
    const sha256 = hash.digest('hex');
    const key = objectKeys.dataset(tenantId, sha256, extension);
    // One of another size has had somebody erased from it: what is handed over anew is what counts.
    const isKnown = (await storage.exists(key)) && (await storage.size(key)) === bytes;
    if (!isKnown) await writer.commit(key);
    return { key, sha256, bytes };
  } finally {
    await writer.abort();
  }
}
