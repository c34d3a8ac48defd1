import { createReadStream, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { appError } from '#libs/contracts';
import { errorCode, toError } from '#libs/kernel';
import { storeDataset, type ObjectStorage } from '#libs/object-storage';

/** Bytes looked at to tell text from a picture or a spreadsheet. */
const HEAD_BYTES = 4096;

/**
 * Looks at the companies file before anything is started, so that a wrong path is answered at once.
 * Throws `input_not_found`, `input_unreadable`, `input_empty` or `input_not_text`.
 */
export async function checkCompaniesFile(path: string): Promise<void> {
  const stats = await statOrFail(path);
  if (!stats.isFile()) {
    throw appError(
      'input_unreadable',
      `--companies ${path} is not a file: give the path of a CSV or JSONL file`,
    );
  }
  if (stats.size === 0) throw appError('input_empty', `--companies ${path} is empty: it has no companies`);
  refuseBinary(path, await readHead(path));
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Stores the file where all workers can read it; answers its object key. */
export async function storeCompaniesFile(
  storage: ObjectStorage,
  tenantId: string,
  path: string,
): Promise<string> {
  const extension = extname(path).slice(1).toLowerCase();
  const known = ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'txt'].includes(extension);
  const stored = await storeDataset(storage, tenantId, createReadStream(path), known ? extension : 'txt');
  return stored.key;
}

async function statOrFail(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw appError('input_not_found', `--companies ${path}: there is no such file; check the path`, {
        cause: error,
      });
    }
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Error {
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
