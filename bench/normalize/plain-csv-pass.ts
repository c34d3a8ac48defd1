import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** Milliseconds of doing nothing with a file but parse it: what no reader of CSV can be faster than. */
export async function plainCsvPass(file: string): Promise<number> {
  const started = performance.now();
  const records = createReadStream(file).pipe(
    parse({ relax_column_count: true, relax_quotes: true, skip_empty_lines: true }),
  );
  let rows = 0;
  for await (const _record of records) rows += 1;
  if (rows === 0) throw new Error(`${file} has no rows`);
  return performance.now() - started;
}
