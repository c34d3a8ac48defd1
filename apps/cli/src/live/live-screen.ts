import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import type { createLogUpdate } from 'log-update';

/**
 * A terminal with a frame at its lower end that is drawn anew, and above it lines that stay: what scrolls by is a transcript.
 * The cursor is not hidden, so that nothing has to be put right however the process ends.
 */
export class LiveScreen {
  private frame: readonly string[] = [];
  private readonly resized = (): void => this.drawResized();

  private constructor(
    private readonly stdout: WriteStream,
    private readonly update: ReturnType<typeof createLogUpdate>,
  ) {
    stdout.on('resize', this.resized);
  }

  static async open(stdout: WriteStream): Promise<LiveScreen> {
    // Loaded where somebody watches only.
    const { createLogUpdate } = await import('log-update');
    return new LiveScreen(stdout, createLogUpdate(stdout, { showCursor: true }));
  }

  /** Of a line that does not wrap: some terminals wrap at the last column. */
  get columns(): number {
    return Math.max(20, this.stdout.columns - 1);
  }

  /** A line (or several) that stays. */
  write(text: string): boolean {
    this.update.persist(text.replace(/\n$/, ''));
    if (this.frame.length > 0) this.update(this.frame.join('\n'));
    return true;
  }

  draw(frame: readonly string[]): void {
    this.frame = frame;
    this.update(frame.join('\n'));
  }

  /** Takes the frame away; lines that were written stay. */
  close(): void {
    this.stdout.off('resize', this.resized);
    this.update.clear();
    this.update.done();
    this.frame = [];
  }

  /** A terminal that became narrower has wrapped the frame, which now takes more rows than were drawn. */
  private drawResized(): void {
    if (this.frame.length === 0) return;
    const { columns } = this.stdout;
    const rows = this.frame.reduce((sum, line) => {
      return sum + Math.max(1, Math.ceil(Array.from(stripVTControlCharacters(line)).length / columns));
    }, 0);
    moveCursor(this.stdout, 0, -rows);
    cursorTo(this.stdout, 0);
    clearScreenDown(this.stdout);
    this.update.done();
    this.draw(this.frame.map((line) => clipped(line, this.columns)));
  }
}

/** Without its colours, until the next look brings the line anew. */
function clipped(line: string, columns: number): string {
  const characters = Array.from(stripVTControlCharacters(line));
  return characters.length <= columns ? line : `${characters.slice(0, columns - 1).join('')}…`;
}
