import { once } from 'node:events';
import type { Writable } from 'node:stream';

const FLUSH_CHARS = 64 * 1024;

/** Writes JSON lines to a stream in large pieces and waits while the stream is full. Does not end it. */
export class LineWriter {
  private lines = '';
  private failure: Error | undefined;
  private readonly onError = (error: Error): void => {
    this.failure = error;
  };

  constructor(
    private readonly stream: Writable,
    private readonly signal: AbortSignal,
  ) {
    // Without a listener, an error between two writes would end the process.
    stream.on('error', this.onError);
  }

  /** Throws the stream's error, also one of an earlier write. */
  async write(value: unknown): Promise<void> {
    this.lines += `${JSON.stringify(value)}\n`;
    if (this.lines.length >= FLUSH_CHARS) await this.flush();
  }

  /** Resolves once the stream has taken in everything written. */
  async flush(): Promise<void> {
    if (this.failure) throw this.failure;
    const piece = this.lines;
    this.lines = '';
    if (piece !== '' && !this.stream.write(piece)) await once(this.stream, 'drain', { signal: this.signal });
  }

  close(): void {
    this.stream.off('error', this.onError);
  }
}
