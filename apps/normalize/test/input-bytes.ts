import { Readable } from 'node:stream';
import { openInputText, type InputText } from '../src/intake/text/input-text';
import { WorkPacer } from '../src/intake/work-pacer';

/** Bytes as an input that comes in chunks of the given size. */
function inputSource(content: Buffer | string, chunkBytes = 64 * 1024) {
  const bytes = Buffer.from(content);
  const { signal } = new AbortController();
  return {
    open: async () => Readable.from(chunksOf(bytes, chunkBytes), { objectMode: false }),
    fileName: 'companies.csv',
    pacer: new WorkPacer(signal),
    signal,
  };
}

export function inputText(content: Buffer | string, chunkBytes?: number): Promise<InputText> {
  return openInputText(inputSource(content, chunkBytes));
}

/** All text of an input, decoded. */
export async function readAll(text: InputText): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of text.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function* chunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
