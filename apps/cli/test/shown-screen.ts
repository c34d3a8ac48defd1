export const ESCAPE = '\u001b';

/** A control sequence, a line's end, or text. */
const PIECE = new RegExp(`${ESCAPE}\\[([?\\d;]*)([A-Za-z])|\\r|\\n|[^${ESCAPE}\\r\\n]+`, 'g');

/** Lines that a terminal has, and where its cursor is. */
class Screen {
  readonly lines: string[] = [''];
  private row = 0;
  private column = 0;

  /** What the sequences that our output uses do; others, colours among them, change no text. */
  private readonly commands: Readonly<Record<string, (argument: string) => void>> = {
    A: (argument) => this.go(this.row - (Number(argument) || 1)),
    B: (argument) => this.go(this.row + (Number(argument) || 1)),
    G: (argument) => (this.column = (Number(argument) || 1) - 1),
    K: (argument) => this.cut(argument === '2' ? 0 : this.column),
    J: () => {
      this.lines.length = this.row + 1;
      this.cut(this.column);
    },
  };

  take(piece: string, argument: string, command: string | undefined): void {
    if (command !== undefined) this.commands[command]?.(argument);
    else if (piece === '\n') this.go(this.row + 1);
    else if (piece === '\r') this.column = 0;
    else this.print(piece);
  }

  private go(row: number): void {
    this.row = Math.max(0, row);
    while (this.lines.length <= this.row) this.lines.push('');
  }

  private cut(from: number): void {
    this.lines[this.row] = (this.lines[this.row] ?? '').slice(0, from);
  }

  private print(text: string): void {
    const line = (this.lines[this.row] ?? '').padEnd(this.column);
    const after = this.column + text.length;
    this.lines[this.row] = line.slice(0, this.column) + text + line.slice(after);
    this.column = after;
  }
}

/** What stands in a terminal after these bytes, what has scrolled out of sight included; without colours. */
export function shownScreen(written: string): string[] {
  const screen = new Screen();
  for (const [piece, argument = '', command] of written.matchAll(PIECE))
    screen.take(piece, argument, command);
  return screen.lines.map((line) => line.trimEnd());
}
