import { stringify } from 'csv-stringify/sync';
import type { ListedLead } from '#libs/contracts';
import { LEAD_CSV_COLUMNS, leadToCsvRow, type CsvCell } from '#libs/domain';
import { safeCell } from './safe-cell';

/** Rows formatted at once: memory stays flat, and the event loop gets its turn in between. */
const CHUNK_ROWS = 500;

/**
 * Leads as CSV, wherever they are read: RFC 4180 (comma, CRLF, quotes doubled), UTF-8 without a byte order mark, first line
 * the column names. Text cells that a spreadsheet might run as a formula carry a `'` (see `safeCell`); number cells never do.
 */
export async function* leadsAsCsv(leads: AsyncIterable<ListedLead>): AsyncGenerator<string> {
  yield csvLines([LEAD_CSV_COLUMNS.map(({ name }) => name)]);
  let chunk: CsvCell[][] = [];
  for await (const lead of leads) {
    chunk.push(leadToCsvRow(lead).map(safeColumnCell));
    if (chunk.length < CHUNK_ROWS) continue;
    yield csvLines(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield csvLines(chunk);
}

function safeColumnCell(cell: CsvCell, column: number): CsvCell {
  // By the column, not by the value: a text that looks like a number is a text, a negative number is no formula.
  return LEAD_CSV_COLUMNS[column]?.kind === 'text' && cell !== null ? safeCell(String(cell)) : cell;
}

/**
 * Rows as CSV text. The library quotes a line break only where it equals the record delimiter, so a lone CR or LF
 * inside a cell is named here; so are outer spaces, tabs and semicolons, which readers trim or split at.
 */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows', quoted_match: /[\r\n\t;]|^\s|\s$/ },
  );
}
