import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** The files a run left, read as its user reads them. */
export const runFiles = {
  /** `leads.csv` by column name. */
  async csv(runDir: string): Promise<Record<string, string>[]> {
    return parse(await readFile(join(runDir, 'leads.csv'), 'utf8'), { columns: true });
  },

  /** A `.jsonl` file of the run, line by line. */
  async jsonl(runDir: string, file: string): Promise<Record<string, unknown>[]> {
    const text = await readFile(join(runDir, file), 'utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  },

  async json(runDir: string, file: string): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(runDir, file), 'utf8')) as Record<string, unknown>;
  },
} as const;
