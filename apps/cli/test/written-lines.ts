import { Writable } from 'node:stream';

/** A stream that keeps what is written to it. */
export class WrittenLines extends Writable {
  text = '';

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.text += piece.toString();
    done();
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}
