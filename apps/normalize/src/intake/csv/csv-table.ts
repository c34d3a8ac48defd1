import type { InputTable } from '../input-table';
import { SAMPLE_ROWS, uniqueColumnNames } from '../input-table';
import type { InputText } from '../text/input-text';
import { csvLayout } from './csv-layout';
import { csvRows } from './csv-rows';
import { NO_DELIMITER } from './sniff-delimiter';

/** `head`: the first lines of the text, by which its layout is told. */
export async function openCsvTable(text: InputText, head: Buffer): Promise<InputTable> {
  const layout = csvLayout(head);
  const named = layout.header ?? Array<string>(layout.width).fill('');
  return {
    format: 'csv',
    within: null,
    delimiter: layout.delimiter === NO_DELIMITER ? null : layout.delimiter,
    header: layout.header !== null,
    columns: uniqueColumnNames(named),
    sample: await sampleOf(csvRows(text, layout)),
    rows: () => csvRows(text, layout),
  };
}

async function sampleOf(batches: ReturnType<typeof csvRows>): Promise<(readonly string[])[]> {
  const sample: (readonly string[])[] = [];
  for await (const rows of batches) {
    for (const row of rows) if ('cells' in row && sample.length < SAMPLE_ROWS) sample.push(row.cells);
    if (sample.length >= SAMPLE_ROWS) break;
  }
  return sample;
}
