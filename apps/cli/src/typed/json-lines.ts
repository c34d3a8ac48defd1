import { readFile } from 'node:fs/promises';
import { type z } from 'zod';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { fileProblem } from './file-problem';

/** Problems that are told at once: enough to see whether it is one slip or the wrong file. */
const TOLD_MAX = 5;

/**
 * A file of one JSON object per line, each checked; blank lines are passed over.
 * Throws `usage` that names the flag, the file and, per wrong line, its number, the member and what it should be.
 */
export async function readJsonLines<Schema extends z.ZodType>(
  flag: string,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw appError('usage', `${flag} ${path}: ${fileProblem(error)}`, { cause: error });
  });
  return parseJsonLines(`${flag} ${path}`, text, schema);
}

export function parseJsonLines<Schema extends z.ZodType>(
  where: string,
  text: string,
  schema: Schema,
): z.output<Schema>[] {
  const values: z.output<Schema>[] = [];
  const problems: string[] = [];
  for (const [i, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const problem = parseInto(values, line, schema);
    if (problem !== undefined) problems.push(`line ${i + 1}: ${problem}`);
  }
  if (problems.length > 0) throw appError('usage', `${where}: ${told(problems)}`);
  if (values.length === 0)
    throw appError('usage', `${where}: there is no line in it, it needs one JSON object per line`);
  return values;
}

function parseInto<Schema extends z.ZodType>(
  values: z.output<Schema>[],
  line: string,
  schema: Schema,
): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON (${toError(error).message})`;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    values.push(parsed.data);
    return undefined;
  }
  return parsed.error.issues
    .map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`)
    .join(', ');
}

function told(problems: readonly string[]): string {
  const more = problems.length - TOLD_MAX;
  return [...problems.slice(0, TOLD_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
