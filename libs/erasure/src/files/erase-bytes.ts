import { StringDecoder } from 'node:string_decoder';
import type { SubjectFinder } from '#libs/domain';

/** No address or domain is longer; so much is kept back, in case it goes on in the next piece. */
const KEPT_BACK = 400;
/** Neither an address nor a domain goes on across it. */
const BETWEEN = /[^A-Za-z0-9._%+@-]/;

/**
 * A file of whatever format with `instead` in place of the subject; all other bytes stay as they are. UTF-16 is known by its
 * mark, everything else is looked through byte by byte.
 */
export async function* erasedBytes(
  pieces: AsyncIterable<Uint8Array>,
  finder: SubjectFinder,
  instead: string,
): AsyncGenerator<Buffer> {
  let encoding: ByteText | undefined;
  let text = '';
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    encoding ??= encodingOf(bytes);
    text += encoding.read(bytes);
    const cut = lastGap(text, text.length - KEPT_BACK);
    if (cut <= 0) continue;
    yield encoding.write(finder.without(text.slice(0, cut), instead));
    text = text.slice(cut);
  }
  encoding ??= encodingOf(Buffer.alloc(0));
  yield encoding.write(finder.without(text + encoding.rest(), instead));
}

/** The last place at or before `at` where no word goes on; `at` itself if there is none near. */
function lastGap(text: string, at: number): number {
  for (let i = at; i > Math.max(0, at - 100_000); i -= 1) if (BETWEEN.test(text.charAt(i))) return i;
  return at;
}

interface ByteText {
  read(bytes: Buffer): string;
  /** What was cut off in the middle of a character. */
  rest(): string;
  write(text: string): Buffer;
}

function encodingOf(head: Buffer): ByteText {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  if (mark !== 0xfffe && mark !== 0xfeff) {
    return {
      read: (bytes) => bytes.toString('latin1'),
      rest: () => '',
      write: (text) => Buffer.from(text, 'latin1'),
    };
  }
  return utf16({ isBigEndian: mark === 0xfeff });
}

function utf16({ isBigEndian }: { isBigEndian: boolean }): ByteText {
  const decoder = new StringDecoder('utf16le');
  let odd = Buffer.alloc(0);
  return {
    read(bytes) {
      if (!isBigEndian) return decoder.write(bytes);
      const all = Buffer.concat([odd, bytes]);
      const even = all.length - (all.length % 2);
      odd = Buffer.from(all.subarray(even));
      return decoder.write(Buffer.from(all.subarray(0, even)).swap16());
    },
    rest: () => decoder.end(),
    write: (text) => {
      const bytes = Buffer.from(text, 'utf16le');
      return isBigEndian ? bytes.swap16() : bytes;
    },
  };
}
