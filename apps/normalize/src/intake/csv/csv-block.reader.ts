import { ROW_BYTES_MAX, TOO_LONG } from '../input-row';
import { lenientCells, parseRecords, RELAXED, withoutOuterQuotes } from './csv-cells';
import { firstLine } from '../text/line-ends';

/** A record and where its text is in the block; blank lines before it are part of that. */
export type CsvRecord = ({ cells: string[] } | { reason: string }) & { start: number; end: number };

export interface CsvBlock {
  records: CsvRecord[];
  /** Bytes dealt with; the rest is the beginning of a record that ends behind the block. */
  consumed: number;
}

export const ANY_WIDTH = -1;

export const UNCLOSED_QUOTE = 'a quote is opened and never closed';
export const REST_OF_BROKEN_ROW = 'the rest of a broken row before it';

/**
 * Finds the records of a CSV, and finds back into it after a broken one. csv-parse reads the cells; what it cannot do
 * is go on: to it, one quote too many turns thousands of rows into one. Here such a record costs its first line.
 */
export class CsvBlockReader {
  private behindBrokenRow = false;

  /** `width`: the usual number of cells; `ANY_WIDTH` while that is not known yet. */
  constructor(
    private readonly delimiter: string,
    private readonly width: number,
  ) {}

  /** `block` must end at a line's end, unless it is the last one. */
  read(block: Buffer, isLast: boolean): CsvBlock {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < block.length) {
      const start = at;
      const stop = parseRecords(block.subarray(start), this.delimiter, (cells, end) => {
        if (this.hasSwallowedRows(cells, block, at)) return false;
        this.keep(records, cells, at, start + end);
        at = start + end;
        return true;
      });
      if (stop === undefined) return { records, consumed: block.length };
      if (stop === 'unclosed_quote' && !isLast && block.length - at <= ROW_BYTES_MAX) break;
      at = this.recover(records, block, at);
    }
    return { records, consumed: at };
  }

  private keep(records: CsvRecord[], cells: string[], start: number, end: number): void {
    if (end - start > ROW_BYTES_MAX) {
      records.push({ reason: TOO_LONG, start, end });
      return;
    }
    if (cells.length >= this.width) this.behindBrokenRow = false;
    records.push(this.behindBrokenRow ? { reason: REST_OF_BROKEN_ROW, start, end } : { cells, start, end });
  }

  /** Deals with the record at `at`, whose quotes are out of order; answers where to go on. */
  private recover(records: CsvRecord[], block: Buffer, at: number): number {
    const line = firstLine(block, at);
    if (line.end - line.start > ROW_BYTES_MAX) {
      records.push({ reason: TOO_LONG, start: at, end: line.end });
      return line.end;
    }
    const cells = lenientCells(block.subarray(line.start, line.end), this.delimiter);
    if (cells) {
      this.keep(records, cells, at, line.end);
      return line.end;
    }
    const several = this.acrossLines(block, at);
    if (several) {
      this.keep(records, several.cells, at, several.end);
      return several.end;
    }
    records.push({ reason: UNCLOSED_QUOTE, start: at, end: line.end });
    this.behindBrokenRow = true;
    return line.end;
  }

  /** A record of several lines with stray quotes inside its quoted cells, if it comes out with the usual width. */
  private acrossLines(block: Buffer, at: number): { cells: string[]; end: number } | undefined {
    let found: { cells: string[]; end: number } | undefined;
    parseRecords(
      block.subarray(at, at + ROW_BYTES_MAX),
      this.delimiter,
      (cells, end) => {
        found = { cells: cells.map(withoutOuterQuotes), end: at + end };
        return false;
      },
      RELAXED,
    );
    if (found?.cells.length !== this.width) return undefined;
    return this.secondLineIsRow(block, at) ? undefined : found;
  }

  /** An open quote that happens to be closed rows later leaves a record of odd width with whole rows inside. */
  private hasSwallowedRows(cells: readonly string[], block: Buffer, at: number): boolean {
    if (this.width === ANY_WIDTH || cells.length === this.width) return false;
    if (!cells.some((cell) => /[\r\n]/.test(cell))) return false;
    return this.secondLineIsRow(block, at);
  }

  /** Whether a record of the usual width begins in the second line behind `from`; by its delimiters if its quotes are broken. */
  private secondLineIsRow(block: Buffer, from: number): boolean {
    const { start, end } = firstLine(block, firstLine(block, from).end);
    let cells: readonly string[] | undefined;
    parseRecords(block.subarray(start, start + ROW_BYTES_MAX), this.delimiter, (found) => {
      cells = found;
      return false;
    });
    cells ??= block.toString('utf8', start, end).split(this.delimiter);
    return cells.length === this.width;
  }
}
