import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { exclusionSchema, type Exclusion } from '#libs/contracts';

/** A tenant's exclusion list as it was when the run was planned, a line per entry. */
export async function* exclusionLines(entries: AsyncIterable<Exclusion>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

/** The entries of such a file. */
export async function readExclusions(file: Readable): Promise<Exclusion[]> {
  const entries: Exclusion[] = [];
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
      entries.push(exclusionSchema.parse(JSON.parse(line)));
    }
  } finally {
    file.destroy();
  }
  return entries;
}
