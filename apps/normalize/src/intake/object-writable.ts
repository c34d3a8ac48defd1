import { Writable } from 'node:stream';
import { toError } from '#libs/kernel';
import type { ObjectWriter } from '#libs/object-storage';

/** An object in the making as a Node stream, with its backpressure. Ending the stream commits nothing. */
export function objectWritable(writer: ObjectWriter): Writable {
  return new Writable({
    decodeStrings: false,
    write(piece: string | Uint8Array, _encoding, done) {
      writer.write(piece).then(
        () => done(),
        (error: unknown) => done(toError(error)),
      );
    },
  });
}
