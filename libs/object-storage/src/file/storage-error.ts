import { appError } from '#libs/contracts';
import { errorCode, toError, type AppError } from '#libs/kernel';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS']);

/** A file-system error as `storage_failed`, naming the path and the way out. `doing`: e.g. `writing`. */
export function storageError(doing: string, path: string, thrown: unknown): AppError {
  const code = errorCode(thrown) ?? 'unknown';
  return appError('storage_failed', `${doing} ${path} failed: ${advice(code, thrown)}`, {
    context: { path, errno: code, disk_full: DISK_FULL.has(code) },
    cause: thrown,
  });
}

function advice(code: string, thrown: unknown): string {
  if (DISK_FULL.has(code)) {
    return 'the disk is full. Free some space, or point LEADGEN_STORAGE_DIR at a folder with room; no partial file was left';
  }
  if (NOT_ALLOWED.has(code)) {
    return `not permitted (${code}). Give this process's user read and write access to the folder, or set LEADGEN_STORAGE_DIR to another`;
  }
  if (code === 'ENOENT') {
    return (
      'there is no such object. It was never written, removed since, or written to another folder: ' +
      'LEADGEN_STORAGE_DIR (or LEADGEN_DATA_DIR) must be the same for all processes of a cell'
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return `too many open files (${code}). Raise the limit (ulimit -n) or lower the worker's concurrency`;
  }
  return `${toError(thrown).message}. Check the folder and its disk`;
}
