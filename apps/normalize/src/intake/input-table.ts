import type { DatasetMapping } from '#libs/contracts';
import type { InputRow } from './input-row';

/** An input as a table, whatever its format: columns that have names, and rows that can be read again and again. */
export interface InputTable {
  format: DatasetMapping['format'];
  delimiter: string | null;
  /** The member of the object around them that holds the rows; null: nothing is around them. */
  within: string | null;
  /** False where the first row is data and the columns were given names. */
  header: boolean;
  /** Each name once. */
  columns: readonly string[];
  /** Rows to judge the columns by. */
  sample: readonly (readonly string[])[];
  /** All data rows in order, in batches; row 1 is the first one of the first batch. */
  rows(): AsyncGenerator<readonly InputRow[]>;
}

/** Rows a mapping is chosen by. More of them would change a verdict only where it does not matter. */
export const SAMPLE_ROWS = 1_000;

/** Column names of which each occurs once: a second `x` is `x #2`, an empty one `column <its place>`. */
export function uniqueColumnNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((written, i) => {
    const name = written.trim() || `column ${i + 1}`;
    let unique = name;
    for (let nth = 2; seen.has(unique); nth += 1) unique = `${name} #${nth}`;
    seen.add(unique);
    return unique;
  });
}
