import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { appError } from '#libs/contracts';
import { fileProblem } from './file-problem';

/** The content of `--file`, `-` for stdin. Throws `usage` naming the flag. */
export async function typedText(path: string | undefined): Promise<string> {
  if (path === undefined) throw appError('usage', 'from which file? pass --file <path>, or - for stdin');
  if (path === '-') return text(process.stdin);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw appError('usage', `--file ${path}: ${fileProblem(error)}`, { cause: error });
  });
}
