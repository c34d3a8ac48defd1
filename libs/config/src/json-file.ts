import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { errorCode, toError } from '#libs/kernel';

/**
 * Reads a settings file that a variable names, as its schema parses it. `undefined` if it cannot be read or is not what
 * it should be; then every problem is added to `problems`, with the variable and the place in the file.
 */
export function readJsonFile<Schema extends z.ZodType>(
  variable: string,
  path: string,
  schema: Schema,
  problems: string[],
): z.output<Schema> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const found =
      errorCode(error) === undefined
        ? `is not JSON (${notJson(toError(error))}); correct the file`
        : `cannot be read (${toError(error).message}); give the path of a JSON file, or unset it`;
    problems.push(`${variable}=${JSON.stringify(path)}: ${found}`);
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const place = issue.path.length === 0 ? 'the file' : issue.path.join('.');
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    problems.push(`${variable}: ${place}: ${message}`);
  }
  return undefined;
}

/** Node's message without its echo of the content, which may be anything. */
function notJson({ message }: Error): string {
  const said = message.replace(/,? (?:\.{3})?".*$/s, '').replace(/ is not valid JSON$/, '');
  return said.replace(/[\p{Cc}\p{Cf}]/gu, '·');
}
