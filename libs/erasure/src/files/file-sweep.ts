import { objectKeys, type ObjectSource, type ObjectStorage } from '#libs/object-storage';
import type { Sought } from '../known-persons';
import { erasedBytes } from './erase-bytes';
import { erasedCsv } from './erase-csv';
import { erasedLines } from './erase-lines';

type Pieces = Exclude<ObjectSource, string | Uint8Array>;

/** Goes through the files of a tenant: what it handed over, and what its runs left. */
export class FileSweep {
  constructor(private readonly storage: ObjectStorage) {}

  /** Answers how many files were changed: each as a whole or not at all. */
  async sweep(tenantId: string, sought: Sought, signal: AbortSignal): Promise<number> {
    let changed = 0;
    for (const folder of objectKeys.foldersOf(tenantId)) {
      for (const key of await this.storage.list(folder)) {
        signal.throwIfAborted();
        if (await this.erase(key, sought)) changed += 1;
      }
    }
    return changed;
  }

  private async erase(key: string, sought: Sought): Promise<boolean> {
    if (!(await this.storage.exists(key))) return false;
    if (await isSame(await this.storage.open(key), await this.cleaned(key, sought))) return false;
    await this.storage.write(key, await this.cleaned(key, sought));
    return true;
  }

  private async cleaned(key: string, sought: Sought): Promise<Pieces> {
    const file = await this.storage.open(key);
    // A tenant's own file keeps its cells: the mark would be read as a value.
    if (key.startsWith('datasets/')) return erasedBytes(file, sought.finder, '');
    if (key.endsWith('.jsonl')) return erasedLines(file, sought);
    if (key.endsWith('.csv')) return erasedCsv(file, sought);
    return erasedBytes(file, sought.finder, '[erased]');
  }
}

/** Whether both give the same bytes, however they are cut. */
async function isSame(before: AsyncIterable<Uint8Array>, after: Pieces): Promise<boolean> {
  const [left, right] = [bytesOf(before), bytesOf(after)];
  let [a, b] = [Buffer.alloc(0), Buffer.alloc(0)];
  try {
    for (;;) {
      if (a.length === 0) a = await next(left);
      if (b.length === 0) b = await next(right);
      if (a.length === 0 || b.length === 0) return a.length === b.length;
      const length = Math.min(a.length, b.length);
      if (!a.subarray(0, length).equals(b.subarray(0, length))) return false;
      [a, b] = [a.subarray(length), b.subarray(length)];
    }
  } finally {
    await left.return(undefined);
    await right.return(undefined);
  }
}

async function* bytesOf(pieces: AsyncIterable<string | Uint8Array> | Pieces): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece as Uint8Array);
    if (bytes.length > 0) yield bytes;
  }
}

/** Empty at the end. */
async function next(pieces: AsyncGenerator<Buffer>): Promise<Buffer<ArrayBuffer>> {
  const step = await pieces.next();
  return step.done === true ? Buffer.alloc(0) : Buffer.from(step.value);
}
