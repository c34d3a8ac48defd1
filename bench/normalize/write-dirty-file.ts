import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateDirtyCompanies } from '#libs/testing';

const PIECE_CHARS = 64 * 1024;

/** Writes a generated CSV of so many dirty rows. */
export async function writeDirtyFile(path: string, rows: number, seed: number): Promise<void> {
  await pipeline(Readable.from(pieces(rows, seed), { objectMode: false }), createWriteStream(path));
}

function* pieces(rows: number, seed: number): Generator<Buffer> {
  let piece = '';
  for (const { text } of generateDirtyCompanies({ seed, rows })) {
    piece += text;
    if (piece.length < PIECE_CHARS) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
