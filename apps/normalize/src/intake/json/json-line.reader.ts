import { indexOfLineBreak, endOfLastLine } from '../text/line-ends';
import { ROW_BYTES_MAX } from '../input-row';
import type { InputText } from '../text/input-text';
import { lineBody } from './json-format';
import type { JsonPiece } from './json-piece';

/** The lines of a text that should hold an object each. */
export async function* jsonLines(text: InputText): AsyncGenerator<JsonPiece[]> {
  let pending: Buffer = Buffer.alloc(0);
  let insideLongLine = false;
  for await (const chunk of text.chunks()) {
    await text.pacer.breathe();
    pending = Buffer.concat([pending, chunk]);
    if (insideLongLine) {
      const lineBreak = indexOfLineBreak(pending);
      insideLongLine = lineBreak === -1;
      pending = pending.subarray(insideLongLine ? pending.length : lineBreak);
    }
    const end = endOfLastLine(pending);
    if (end > 0) {
      yield piecesOf(pending.subarray(0, end));
      pending = pending.subarray(end);
    }
    if (pending.length > ROW_BYTES_MAX) {
      yield [{ text: pending, tooLong: true }];
      insideLongLine = true;
      pending = Buffer.alloc(0);
    }
  }
  yield piecesOf(pending);
}

function piecesOf(block: Buffer): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  for (let at = 0; at < block.length;) {
    const lineBreak = indexOfLineBreak(block, at);
    const end = lineBreak === -1 ? block.length : lineBreak;
    const line = block.subarray(at, end);
    if (line.length > ROW_BYTES_MAX) pieces.push({ text: line, tooLong: true });
    else if (lineBody(line.toString()) !== '') pieces.push({ text: line, tooLong: false });
    at = end + 1;
  }
  return pieces;
}
