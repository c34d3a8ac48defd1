type Style = (text: string) => string;

/** A piece of a line, and how it is coloured. */
export type Piece = string | readonly [text: string, style: Style];

/** A line of the live view, no wider than the terminal: one that wraps could not be taken back. */
export function screenLine(pieces: readonly Piece[], columns: number): string {
  let left = columns;
  let line = '';
  for (const piece of pieces) {
    const [text, style] = typeof piece === 'string' ? [piece, plain] : piece;
    const characters = Array.from(text);
    const fits = characters.length <= left;
    line += style(fits ? text : `${characters.slice(0, Math.max(0, left - 1)).join('')}…`);
    left -= characters.length;
    if (!fits || left <= 0) break;
  }
  return line;
}

function plain(text: string): string {
  return text;
}
