import { ROW_BYTES_MAX } from '../input-row';
import type { InputText } from '../text/input-text';
import type { JsonPiece } from './json-piece';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What may stand between objects: brackets and comma of the array around them, and white space. */
const BETWEEN = new Set(Buffer.from('[], \t\r\n'));

/**
 * The top-level objects of a text that is an array of them, or a sequence, whatever their line breaks. An object whose
 * end cannot be found within the length of a row costs the text up to where the next one seems to begin.
 */
export async function* nestedObjects(text: InputText): AsyncGenerator<JsonPiece[]> {
  let pending: Buffer = Buffer.alloc(0);
  let wanted = 0;
  for await (const chunk of text.chunks()) {
    await text.pacer.breathe();
    pending = Buffer.concat([pending, chunk]);
    if (pending.length < wanted) continue;
    const { pieces, consumed } = piecesOf(pending, false);
    yield pieces;
    pending = pending.subarray(consumed);
    wanted = pending.length * 2;
  }
  yield piecesOf(pending, true).pieces;
}

function piecesOf(block: Buffer, isLast: boolean): { pieces: JsonPiece[]; consumed: number } {
  const pieces: JsonPiece[] = [];
  let at = skipBetween(block, 0);
  while (at < block.length) {
    let end = block[at] === OPEN ? endOfObject(block, at) : endOfJunk(block, at);
    if (end === undefined) {
      if (!isLast && block.length - at <= ROW_BYTES_MAX) break;
      end = nextObject(block, at);
    }
    const text = block.subarray(at, end);
    pieces.push({ text, tooLong: text.length > ROW_BYTES_MAX });
    at = skipBetween(block, end);
  }
  return { pieces, consumed: at };
}

function skipBetween(block: Buffer, from: number): number {
  let at = from;
  while (at < block.length && BETWEEN.has(block[at] as number)) at += 1;
  return at;
}

/** Behind the brace that closes the object; undefined if that is not in the block. */
function endOfObject(block: Buffer, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < block.length; at += 1) {
    const byte = block[at];
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** Something else than an object goes as far as the next object or line. */
function endOfJunk(block: Buffer, start: number): number | undefined {
  for (let at = start; at < block.length; at += 1) {
    if (block[at] === OPEN || block[at] === 0x0a) return at;
  }
  return undefined;
}

/** Where another object seems to begin: a brace behind a closing one or at a line's start. */
function nextObject(block: Buffer, start: number): number {
  for (let at = block.indexOf(OPEN, start + 1); at !== -1; at = block.indexOf(OPEN, at + 1)) {
    let before = at - 1;
    while (before > start && BETWEEN.has(block[before] as number) && block[before] !== 0x0a) before -= 1;
    if (block[before] === CLOSE || block[before] === 0x0a) return at;
  }
  return block.length;
}
