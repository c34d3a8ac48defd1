import { createHash } from 'node:crypto';
import { appError } from '#libs/contracts';
import type { ObjectStorage } from '#libs/object-storage';

export interface MeasuredContent {
  bytes: number;
  /** Hex. */
  sha256: string;
}

/**
 * Stores what comes, piece by piece: the source is asked for more only when the last piece has been taken. Throws
 * `dataset_too_large`, `input_empty` and what source and storage throw; then nothing is left behind.
 */
export async function writeMeasured(
  storage: ObjectStorage,
  key: string,
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<MeasuredContent> {
  const hash = createHash('sha256');
  let bytes = 0;
  const writer = await storage.createWriter(key);
  try {
    for await (const piece of source) {
      bytes += piece.length;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      hash.update(piece);
      await writer.write(piece);
    }
    if (bytes === 0) throw appError('input_empty', 'the uploaded file is empty: give at least one company');
    await writer.commit();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await writer.abort();
  }
}

export function tooLarge(bytesMax: number): Error {
  return appError(
    'dataset_too_large',
    `the file is larger than ${bytesMax} bytes, the most one dataset may have`,
  );
}
