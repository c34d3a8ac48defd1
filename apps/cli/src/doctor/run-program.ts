import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 10_000;

/** What another program prints; undefined where there is none of that name, or it ends with an error. */
export async function outputOf(program: string, ...words: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, words, { timeout: TIMEOUT_MS });
    return stdout;
  } catch {
    // Whoever asks says what that means: for a checklist a program that is not there is an answer.
    return undefined;
  }
}
