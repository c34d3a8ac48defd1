import { rawText, TOO_LONG, type InputRow } from '../input-row';
import type { InputText } from '../text/input-text';
import { flattenObject } from './flatten-object';
import { lineBody, type JsonFormat } from './json-format';
import { jsonLines } from './json-line.reader';
import { nestedObjects } from './json-nested.reader';
import type { JsonPiece } from './json-piece';
import { parseObject } from './parse-object';

/** One object of the input, or why there is none; `raw` as in `InputRow`. */
export type JsonRow = ({ cells: Map<string, string> } | { reason: string }) & { raw: () => string };

/** The objects of a JSON text in order, in batches. */
export async function* jsonObjects(text: InputText, format: JsonFormat): AsyncGenerator<JsonRow[]> {
  const pieces = format === 'lines' ? jsonLines(text) : nestedObjects(text);
  for await (const batch of pieces) {
    const rows: JsonRow[] = [];
    for (const piece of batch) {
      rows.push(toRow(piece));
      if (text.pacer.isDue()) await text.pacer.yieldTurn();
    }
    yield rows;
  }
}

/** The same as rows of a table; members that are no column are left out. */
export async function* jsonRows(
  text: InputText,
  format: JsonFormat,
  columns: readonly string[],
): AsyncGenerator<InputRow[]> {
  for await (const batch of jsonObjects(text, format)) {
    yield batch.map((row) =>
      'reason' in row ? row : { cells: columns.map((name) => row.cells.get(name) ?? ''), raw: row.raw },
    );
  }
}

function toRow({ text, tooLong }: JsonPiece): JsonRow {
  const raw = (): string => rawText(text);
  if (tooLong) return { reason: TOO_LONG, raw };
  const body = lineBody(text.toString().replaceAll(/[\0\uFEFF]/g, ''));
  const object = parseObject(body);
  if (object) return { cells: flattenObject(object), raw };
  return { reason: body.startsWith('{') ? 'not valid JSON' : 'not a JSON object', raw };
}
