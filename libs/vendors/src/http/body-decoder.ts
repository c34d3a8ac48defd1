import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

interface DecoderEvents {
  whole: (body: Buffer) => void;
  unreadable: (detail: string) => void;
  /** After a `write` that answered false: more may come. */
  drained: () => void;
}

const DECOMPRESSORS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Decodes a body as it arrives and gives up at the first byte over the limit: a compressed bomb never unfolds. */
export class BodyDecoder {
  private readonly chunks: Buffer[] = [];
  private isEmpty = true;
  private bytes = 0;
  private closed = false;

  private constructor(
    private readonly decompressor: Transform | undefined,
    private readonly maxBytes: number,
    private readonly events: DecoderEvents,
  ) {
    decompressor
      ?.on('data', (chunk: Buffer) => this.take(chunk))
      .on('end', () => this.finish())
      .on('error', () => this.fail('a broken compressed body'))
      .on('drain', () => events.drained());
  }

  /** Undefined for an encoding we do not read. */
  static for(encoding: string | undefined, maxBytes: number, events: DecoderEvents): BodyDecoder | undefined {
    const name = encoding?.trim().toLowerCase() ?? '';
    if (name === '' || name === 'identity') return new BodyDecoder(undefined, maxBytes, events);
    if (!Object.hasOwn(DECOMPRESSORS, name)) return undefined;
    return new BodyDecoder(DECOMPRESSORS[name]?.(), maxBytes, events);
  }

  /** False: wait for `drained` before writing more. */
  write(chunk: Buffer): boolean {
    if (this.closed) return true;
    this.isEmpty = false;
    if (this.decompressor) return this.decompressor.write(chunk);
    this.take(chunk);
    return true;
  }

  end(): void {
    // An answer without a body, a redirect for one, often names an encoding all the same.
    if (this.decompressor && !this.isEmpty) this.decompressor.end();
    else this.finish();
  }

  destroy(): void {
    this.closed = true;
    this.decompressor?.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.closed) return;
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) this.fail(`a body of more than ${this.maxBytes} bytes`);
    else this.chunks.push(chunk);
  }

  private fail(detail: string): void {
    if (this.closed) return;
    this.destroy();
    this.events.unreadable(detail);
  }

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    this.events.whole(Buffer.concat(this.chunks));
  }
}
