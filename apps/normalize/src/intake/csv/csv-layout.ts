import { looksLikeData } from '#libs/domain';
import { sniffDelimiter } from './sniff-delimiter';

/** How a CSV is laid out. Offsets count bytes of its text as UTF-8. */
export interface CsvLayout {
  delimiter: string;
  /** Columns: the usual number of cells. */
  width: number;
  /** The first row's cells, if they name the columns. */
  header: readonly string[] | null;
  /** Where the data begins: behind the header and what stands above it. */
  dataStart: number;
}

/** `sep=;` as the first line is Excel's way of naming the delimiter. */
const SEP_LINE = /^"?sep=(.)"?[ ,;\t]*(\r\n|\n|\r)/i;
/** A title and some comments may stand above the header; further down nobody looks for it. */
const HEADER_WITHIN = 20;
const COMPARED_ROWS = 100;

/** The layout by the first lines of a CSV. The header is the first row of the usual width: titles above it are shorter. */
export function csvLayout(head: Buffer): CsvLayout {
  const [sepLine, given] = SEP_LINE.exec(head.toString('utf8', 0, 100)) ?? [];
  const offset = sepLine === undefined ? 0 : Buffer.byteLength(sepLine);
  const { delimiter, width, records } = sniffDelimiter(head.subarray(offset), given);
  const found = records.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isFullRow(cells, width));
  const at = Math.max(0, found);
  const first = records[at]?.cells ?? [];
  const others = records.slice(at + 1, at + 1 + COMPARED_ROWS).map(({ cells }) => cells);
  const header = looksLikeData(first, others) ? null : first;
  const lastAbove = header === null ? records[at - 1] : records[at];
  return { delimiter, width, header, dataStart: offset + (lastAbove?.end ?? 0) };
}

/** Of the usual width and mostly filled: spreadsheets pad a title to the table's width with empty cells. */
function isFullRow(cells: readonly string[], width: number): boolean {
  return cells.length === width && cells.filter((cell) => cell !== '').length * 2 >= width;
}
