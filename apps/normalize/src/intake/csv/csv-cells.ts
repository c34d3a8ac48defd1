import { CsvError, parse, type Options } from 'csv-parse/sync';

/** How csv-parse is told to read; the quote is always `"`, doubled inside a quoted cell. */
const OPTIONS: Options = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: true,
  // Also lets a quote open behind a blank: `Acme, "Berlin, Mitte"`.
  trim: true,
};

/** Takes one record and the offset of its end; answers whether to go on. */
export type TakeRecord = (cells: string[], end: number) => boolean;

/** Why csv-parse stopped in the record behind the last one taken. */
export type ParseStop = 'malformed_quote' | 'unclosed_quote' | 'refused';

/**
 * Feeds whole lines to csv-parse and every record it finds to `take`. Undefined once all bytes are parsed, else why not;
 * the record concerned begins where the last one taken ended.
 */
export function parseRecords(
  bytes: Buffer,
  delimiter: string,
  take: TakeRecord,
  options: Options = {},
): ParseStop | undefined {
  try {
    parse(bytes, {
      ...OPTIONS,
      delimiter,
      ...options,
      on_record: (cells: string[], { bytes: end }) => {
        if (!take(cells, end)) throw new RefusedRecord();
        return null;
      },
    });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof RefusedRecord) return 'refused';
    if (!(thrown instanceof CsvError)) throw thrown;
    return thrown.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unclosed_quote' : 'malformed_quote';
  }
}

/** Thrown through csv-parse, which has no other way to stop at a record. */
class RefusedRecord extends Error {}

/**
 * The cells of one line with quotes out of order: `\"` inside a quoted cell, else stray quotes taken as text.
 * Undefined if a quote stays open: the cell may go on in the next line, or swallow it.
 */
export function lenientCells(line: Buffer, delimiter: string): string[] | undefined {
  if (line.includes('\\"')) {
    const escaped = onlyRecord(line, delimiter, { escape: '\\' });
    if (escaped) return escaped;
  }
  return onlyRecord(line, delimiter, RELAXED)?.map(withoutOuterQuotes);
}

/** Quotes out of order are text; csv-parse cannot trim behind them. */
export const RELAXED: Options = { relax_quotes: true, trim: false, ltrim: true };

/** A cell read that way still has the quotes around it. */
export function withoutOuterQuotes(cell: string): string {
  const text = cell.trim();
  return /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1).trim() : text;
}

function onlyRecord(line: Buffer, delimiter: string, options: Options): string[] | undefined {
  let found: string[] | undefined;
  let count = 0;
  const stop = parseRecords(
    line,
    delimiter,
    (cells) => {
      found = cells;
      count += 1;
      return true;
    },
    options,
  );
  return stop === undefined && count === 1 ? found : undefined;
}
