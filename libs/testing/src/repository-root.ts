import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout this file belongs to, whether it runs from the sources or from dist/. */
export const REPOSITORY_ROOT = folderWith('package.json', __dirname);

function folderWith(file: string, start: string): string {
  if (existsSync(join(start, file))) return start;
  if (dirname(start) === start) throw new Error(`no ${file} above ${__dirname}`);
  return folderWith(file, dirname(start));
}
