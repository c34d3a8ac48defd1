import type { Readable } from 'node:stream';

const LINE_FEED = 0x0a;

/**
 * The lines of a file behind its byte `from`, each with the byte behind it, where a later reading goes on. `open` is called
 * once. Throws `RangeError` where no line begins.
 */
export async function* linesFrom(
  open: (from: number) => Promise<Readable>,
  from: number,
): AsyncGenerator<{ text: string; end: number }> {
  // The byte before tells whether a line begins here.
  let isChecked = from === 0;
  let at = isChecked ? 0 : from - 1;
  let rest: Buffer = Buffer.alloc(0);
  const file = await open(at);
  try {
    for await (const chunk of file) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      if (!isChecked) {
        if (rest[0] !== LINE_FEED) throw new RangeError(`no line begins at byte ${from}`);
        isChecked = true;
        rest = rest.subarray(1);
        at += 1;
      }
      for (let i = rest.indexOf(LINE_FEED); i !== -1; i = rest.indexOf(LINE_FEED)) {
        at += i + 1;
        yield { text: rest.subarray(0, i).toString(), end: at };
        rest = rest.subarray(i + 1);
      }
    }
    if (rest.length > 0) yield { text: rest.toString(), end: at + rest.length };
  } finally {
    file.destroy();
  }
}
