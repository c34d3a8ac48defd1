import { SAMPLE_ROWS, type InputTable } from '../input-table';
import type { InputText } from '../text/input-text';
import type { JsonFormat } from './json-format';
import { jsonObjects, jsonRows } from './json-rows';

/** More names than this are no columns but data that was made keys. */
const COLUMNS_MAX = 500;

/**
 * Reads all objects once: a member may first occur in the last of them. Its columns are all members in the order they
 * first occur. The sample is the first rows, and later ones that bring a new member.
 */
export async function openJsonTable(text: InputText, format: JsonFormat): Promise<InputTable> {
  const columns = new Set<string>();
  const sampled: Map<string, string>[] = [];
  for await (const rows of jsonObjects(text, format)) {
    for (const row of rows) {
      if ('reason' in row) continue;
      const known = columns.size;
      for (const name of row.cells.keys()) if (columns.size < COLUMNS_MAX) columns.add(name);
      if (sampled.length < SAMPLE_ROWS || columns.size > known) sampled.push(row.cells);
    }
  }
  const names = [...columns];
  return {
    format: 'jsonl',
    delimiter: null,
    within: null,
    header: true,
    columns: names,
    sample: sampled.map((cells) => names.map((name) => cells.get(name) ?? '')),
    rows: () => jsonRows(text, format, names),
  };
}
