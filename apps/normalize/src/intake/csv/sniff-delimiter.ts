import { ANY_WIDTH, CsvBlockReader } from './csv-block.reader';

interface SniffedRecord {
  cells: readonly string[];
  /** Offset behind the record. */
  end: number;
}

export interface SniffedCsv {
  delimiter: string;
  /** The usual number of cells. */
  width: number;
  /** The records that have content. */
  records: readonly SniffedRecord[];
}

/** Stands for "none": text has no unit separators, so every line is one cell. */
export const NO_DELIMITER = '\u001F';

const USUAL = [',', ';', '\t', '|'];
/** These occur in ordinary text (`https://`): they must leave no doubt. */
const UNUSUAL = [':', '^', '~'];

/**
 * The delimiter that divides most rows into equally many cells, quotes respected; a first row that agrees counts double.
 * `given` leaves nothing to choose. `NO_DELIMITER` where there is only one column.
 */
export function sniffDelimiter(head: Buffer, given?: string): SniffedCsv {
  if (given !== undefined) return readWith(head, given);
  const readings = [...USUAL, ...UNUSUAL].map((delimiter) => readWith(head, delimiter));
  let best: { reading: SniffedCsv; score: number } | undefined;
  for (const reading of readings) {
    const score = scoreOf(reading);
    if (score > (best?.score ?? 0)) best = { reading, score };
  }
  return best?.reading ?? readWith(head, NO_DELIMITER);
}

function readWith(head: Buffer, delimiter: string): SniffedCsv {
  const records = new CsvBlockReader(delimiter, ANY_WIDTH)
    .read(head, true)
    .records.flatMap((record) =>
      'cells' in record && record.cells.some((cell) => cell !== '') ? [record] : [],
    );
  return { delimiter, width: usualWidth(records), records };
}

function usualWidth(records: readonly SniffedRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let usual = 1;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

function scoreOf({ delimiter, width, records }: SniffedCsv): number {
  if (width < 2) return 0;
  const share = records.filter(({ cells }) => cells.length === width).length / records.length;
  const firstAgrees = records[0]?.cells.length === width;
  if (UNUSUAL.includes(delimiter)) return share > 0.98 && width > 2 && firstAgrees ? 0.1 : 0;
  return share ** 2 * (1 - 1 / width) * (firstAgrees ? 1 : 0.5);
}
