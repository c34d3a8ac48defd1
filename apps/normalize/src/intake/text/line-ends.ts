const LF = 0x0a;
const CR = 0x0d;

/** Where the last whole line ends; 0 if none does. A CR at the very end is left: its LF may follow. */
export function endOfLastLine(bytes: Buffer): number {
  if (bytes.length === 0) return 0;
  const lastCr = bytes.length < 2 ? -1 : bytes.lastIndexOf(CR, bytes.length - 2);
  return Math.max(bytes.lastIndexOf(LF), lastCr) + 1;
}

/** The first line break, -1 if there is none. */
export function indexOfLineBreak(bytes: Buffer, from = 0): number {
  const lf = bytes.indexOf(LF, from);
  // Searched only up to the LF: most inputs have no lone CR, and to look for one each time would read all that follows.
  const cr = (lf === -1 ? bytes : bytes.subarray(0, lf)).indexOf(CR, from);
  return cr === -1 ? lf : cr;
}

/** The first line at or behind `from` that is not empty; its end is behind its line break. */
export function firstLine(bytes: Buffer, from: number): { start: number; end: number } {
  let start = from;
  while (start < bytes.length && isLineBreak(bytes[start])) start += 1;
  const lineBreak = indexOfLineBreak(bytes, start);
  if (lineBreak === -1) return { start, end: bytes.length };
  const isPair = bytes[lineBreak] === CR && bytes[lineBreak + 1] === LF;
  return { start, end: lineBreak + (isPair ? 2 : 1) };
}

function isLineBreak(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}
