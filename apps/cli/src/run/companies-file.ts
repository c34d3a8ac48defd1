import { open, stat, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { appError } from '#libs/contracts';
import { errorCode, toError } from '#libs/kernel';
import { storeDataset, type ObjectStorage } from '#libs/object-storage';

/** Bytes looked at to tell text from a picture or a spreadsheet. */
const HEAD_BYTES = 4096;

/**
 * Looks at the companies file before anything is started, so that a wrong path is answered at once. `shown`: what the caller
 * knows it by. Throws `input_not_found`, `input_unreadable`, `input_empty` or `input_not_text`.
 */
export async function checkCompaniesFile(path: string, shown = path): Promise<void> {
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  if (!stats.isFile()) {
    throw appError(
      'input_unreadable',
      `--companies ${shown} is not a file: give the path of a CSV or JSONL file, or - for stdin`,
    );
  }
  if (stats.size === 0) throw appError('input_empty', `--companies ${shown} is empty: it has no companies`);
  refuseBinary(shown, await readHead(path));
}

async function readHead(path: string): Promise<Buffer> {
  const file = await openOrFail(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

/**
 * Stores the file where all workers can read it, as it is now: what becomes of it later is no matter to the run. Answers its
 * object key. Throws `input_not_found` or `input_unreadable`, also if it changes while it is read, and leaves nothing behind.
 */
export async function storeCompaniesFile(
  storage: ObjectStorage,
  tenantId: string,
  path: string,
): Promise<string> {
  const extension = extname(path).slice(1).toLowerCase();
  const known = ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'txt'].includes(extension);
  const stored = await storeDataset(storage, tenantId, unchangedFile(path), known ? extension : 'txt');
  return stored.key;
}

/** A file's pieces. One that is replaced by another of its name meanwhile is read to its end; one that is written to is refused. */
async function* unchangedFile(path: string): AsyncGenerator<Buffer> {
  const file = await openOrFail(path);
  try {
    const before = await file.stat({ bigint: true });
    for await (const piece of file.createReadStream({ autoClose: false })) yield piece as Buffer;
    const after = await file.stat({ bigint: true });
    if (after.size === before.size && after.mtimeNs === before.mtimeNs) return;
  } finally {
    await file.close();
  }
  throw appError(
    'input_unreadable',
    `--companies ${path} changed while it was read: wait until it is written, or let its writer write another file and ` +
      'rename it when it is whole',
  );
}

async function openOrFail(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

function unreadable(path: string, error: unknown): Error {
  if (errorCode(error) === 'ENOENT') {
    return appError('input_not_found', `--companies ${path}: there is no such file; check the path`, {
      cause: error,
    });
  }
  return appError(
    'input_unreadable',
    `--companies ${path} cannot be read (${toError(error).message}): check the path and its rights`,
    { cause: error },
  );
}

function refuseBinary(path: string, head: Buffer): void {
  const utf16 = head.length >= 2 && ['fffe', 'feff'].includes(head.subarray(0, 2).toString('hex'));
  if (utf16 || !head.includes(0)) return;
  const spreadsheet = head.subarray(0, 2).toString('latin1') === 'PK';
  throw appError(
    'input_not_text',
    `--companies ${path} is not text: ` +
      (spreadsheet ? 'it looks like an Excel workbook; save the sheet as CSV' : 'give a CSV or JSONL file'),
  );
}
