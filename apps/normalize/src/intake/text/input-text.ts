import { addAbortSignal, type Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { appError } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';
import type { WorkPacer } from '../work-pacer';
import { binaryKind } from './binary-kind';
import { singleByteOrUtf8, utf16Encoding, type TextEncoding } from './text-encoding';
import { Utf8Census } from './utf8-census';

export interface InputSource {
  /** The input's bytes from the start; may be called several times. */
  open: () => Promise<Readable>;
  /** As the user knows it, for messages. */
  fileName: string;
  pacer: WorkPacer;
  signal: AbortSignal;
}

/** Input as text, in whatever encoding it was written. */
export interface InputText {
  encoding: TextEncoding;
  fileName: string;
  pacer: WorkPacer;
  /** The text from its start as UTF-8 without a byte order mark, in chunks that may be cut anywhere. */
  chunks(): AsyncGenerator<Buffer>;
}

const HEAD_BYTES = 64 * 1024;

/**
 * Reads the whole input once to learn its encoding: the first accent may be in its last row.
 * Throws `input_empty`, `input_not_text` or `input_unreadable`, naming what to do.
 */
export async function openInputText(source: InputSource): Promise<InputText> {
  const encoding = await detectEncoding(source);
  return {
    encoding,
    fileName: source.fileName,
    pacer: source.pacer,
    chunks: () => decode(readBytes(source), encoding),
  };
}

async function detectEncoding(source: InputSource): Promise<TextEncoding> {
  const census = new Utf8Census();
  let head = Buffer.alloc(0);
  for await (const chunk of readBytes(source)) {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    census.add(chunk);
    await source.pacer.breathe();
  }
  census.end();
  if (head.length === 0) throw appError('input_empty', `${source.fileName} is empty: it has no companies`);
  const utf16 = utf16Encoding(head);
  const binary = binaryKind(head, utf16 !== undefined);
  if (binary !== undefined) throw appError('input_not_text', `${source.fileName} is not text: ${binary}`);
  return utf16 ?? singleByteOrUtf8(census);
}

async function* readBytes({ open, fileName, signal }: InputSource): AsyncGenerator<Buffer> {
  try {
    signal.throwIfAborted();
    const stream = addAbortSignal(signal, await open());
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    // Storage says itself whether trying again can help.
    if (thrown instanceof AppError) throw thrown;
    throw appError(
      'input_unreadable',
      `${fileName} cannot be read (${toError(thrown).message}): hand it over again`,
      {
        cause: thrown,
      },
    );
  }
}

async function* decode(bytes: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* withoutMark(bytes);
    return;
  }
  const decoder = iconv.getDecoder(encoding);
  // Half a surrogate pair is no character yet: it waits for its other half in the next chunk.
  let half = '';
  for await (const chunk of bytes) {
    const text = half + decoder.write(chunk);
    half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
    yield Buffer.from(text.slice(0, text.length - half.length));
  }
  yield Buffer.from(half + (decoder.end() ?? ''));
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < UTF8_MARK.length) continue;
    yield start.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? start.subarray(UTF8_MARK.length) : start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}
