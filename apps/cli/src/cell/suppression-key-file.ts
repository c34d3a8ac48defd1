import { randomBytes } from 'node:crypto';
import { access, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '#libs/kernel';

/**
 * The file with the key of an embedded cell's suppression lists; made, readable by its owner alone, when the folder has none.
 * Whoever copies Redis's file alone does not have it. The folder is locked by the caller.
 */
export async function suppressionKeyFile(dataDir: string): Promise<string> {
  const file = join(dataDir, 'suppression.key');
  try {
    await access(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    // Whole or not there: half a key would lock the lists.
    await writeFile(`${file}.new`, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return file;
}
