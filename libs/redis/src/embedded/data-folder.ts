import { mkdir } from 'node:fs/promises';
import { appError } from '#libs/contracts';
import { errorCode, toError, type AppError } from '#libs/kernel';

const DATA_DIR = 'LEADGEN_DATA_DIR';

/** What the file system answers where nothing can be written. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const UNWRITABLE = new Set([...FULL, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG']);

export interface DataFolderOptions {
  mode?: number;
  /** The setting that says where the folder is. */
  setting?: string;
}

/** Makes a folder for data, with those above it. Throws `data_dir_unusable` naming the fix. */
export async function makeDataFolder(path: string, options: DataFolderOptions = {}): Promise<void> {
  const { mode = 0o777, setting = DATA_DIR } = options;
  try {
    await mkdir(path, { recursive: true, mode });
  } catch (error) {
    throw dataFolderError(path, error, setting);
  }
}

/** `data_dir_unusable` for what the file system says about writing to `path`; any other error as it is. */
export function dataFolderError(path: string, thrown: unknown, setting = DATA_DIR): AppError | Error {
  const error = toError(thrown);
  if (!UNWRITABLE.has(errorCode(thrown) ?? '')) return error;
  const isFull = FULL.has(errorCode(thrown) ?? '');
  const fix = isFull
    ? `free space there, or set ${setting} to a folder on another disk`
    : `set ${setting} to a folder you may write to`;
  return appError('data_dir_unusable', `${path} cannot be written (${error.message}): ${fix}`, {
    cause: error,
  });
}
