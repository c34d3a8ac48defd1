import { rawText, ROW_BYTES_MAX, TOO_LONG, type InputRow } from '../input-row';
import type { InputText } from '../text/input-text';
import { CsvBlockReader, type CsvRecord } from './csv-block.reader';
import type { CsvLayout } from './csv-layout';
import { endOfLastLine, indexOfLineBreak } from '../text/line-ends';

/** Parsed at once: some milliseconds of work. */
const BLOCK_BYTES = 64 * 1024;

/**
 * The data rows of a CSV, a batch per block of text. Blank lines are no data rows. Every other one comes out: short ones
 * filled up with empty cells, and as a reject what is empty or cannot be told apart safely.
 */
export async function* csvRows(text: InputText, layout: CsvLayout): AsyncGenerator<InputRow[]> {
  const reader = new CsvBlockReader(layout.delimiter, layout.width);
  let pending: Buffer = Buffer.alloc(0);
  let skip = layout.dataStart;
  let wanted = BLOCK_BYTES;
  let insideLongLine = false;
  for await (const chunk of text.chunks()) {
    await text.pacer.breathe();
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    pending = Buffer.concat([pending, chunk.subarray(skipped)]);
    if (insideLongLine) {
      const lineBreak = indexOfLineBreak(pending);
      insideLongLine = lineBreak === -1;
      pending = pending.subarray(insideLongLine ? pending.length : lineBreak);
    }
    if (pending.length < wanted) continue;
    const block = pending.subarray(0, endOfLastLine(pending));
    if (block.length === 0 && pending.length > ROW_BYTES_MAX) {
      yield [tooLong(pending)];
      insideLongLine = true;
      pending = Buffer.alloc(0);
      continue;
    }
    const { records, consumed } = reader.read(block, false);
    yield toRows(records, block, layout);
    pending = pending.subarray(consumed);
    // A record that is not complete is read again with twice the text, not at every chunk.
    wanted = Math.max(BLOCK_BYTES, pending.length * 2);
  }
  yield toRows(reader.read(pending, true).records, pending, layout);
}

function tooLong(text: Buffer): InputRow {
  const raw = rawText(text);
  return { reason: TOO_LONG, raw: () => raw };
}

function toRows(records: readonly CsvRecord[], block: Buffer, layout: CsvLayout): InputRow[] {
  const rows: InputRow[] = [];
  for (const record of records) {
    const raw = (): string => rawText(block.subarray(record.start, record.end));
    if ('reason' in record) {
      rows.push({ reason: record.reason, raw });
      continue;
    }
    const cells = record.cells.map(withoutMarks);
    if (cells.length === 1 && cells[0] === '') continue;
    const reason = whyUnsafe(cells, layout);
    rows.push(reason === undefined ? { cells: fitted(cells, layout.width), raw } : { reason, raw });
  }
  return rows;
}

/** NULs and byte order marks come from careless joining of files; they are never meant. */
function withoutMarks(cell: string): string {
  return /[\0\uFEFF]/.test(cell) ? cell.replaceAll(/[\0\uFEFF]/g, '').trim() : cell;
}

function whyUnsafe(cells: readonly string[], { width, delimiter, header }: CsvLayout): string | undefined {
  if (cells.every((cell) => cell === '')) return 'the row is empty';
  if (cells.slice(width).some((cell) => cell !== '')) {
    const columns = width === 1 ? '1 column' : `${width} columns`;
    return `${cells.length} cells for ${columns}: an unquoted ${named(delimiter)} has shifted what follows it`;
  }
  const isHeader = header?.every((name, i) => name.toLowerCase() === (cells[i] ?? '').toLowerCase()) ?? false;
  return isHeader ? 'a repeated header row' : undefined;
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : `"${delimiter}"`;
}

function fitted(cells: string[], width: number): string[] {
  if (cells.length >= width) return cells.length === width ? cells : cells.slice(0, width);
  return [...cells, ...Array<string>(width - cells.length).fill('')];
}
