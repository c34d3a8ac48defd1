import { errorCode, toError } from '#libs/kernel';

const WAYS_OUT: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path, it is relative to the folder the command runs in',
  EISDIR: 'it is a folder; give the path of a file',
  ENOTDIR: 'a part of the path is a file and no folder; check the path',
  EACCES: 'it may not be read; give the user who runs the command the right to',
};

/** Why a file that was named cannot be read, and what to do about it. */
export function fileProblem(thrown: unknown): string {
  return WAYS_OUT[errorCode(thrown) ?? ''] ?? `it cannot be read (${toError(thrown).message})`;
}
