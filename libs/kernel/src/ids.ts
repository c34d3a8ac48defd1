import { hash, randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

/** Random bytes are fetched so many at a time: to ask for each alone, as ulid does, takes longer than all else of an id. */
const POOL_BYTES = 2_048;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** A number from 0 to below 1, of 8 random bits: ulid takes 5 of them for a character. */
function random(): number {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte / 256;
}

/** A new run id: `run_` + ULID (26 characters, sortable by creation time, 80 random bits). */
export function newRunId(): string {
  return `run_${ulid(undefined, random)}`;
}

/** A new thread id: `thr_` + ULID. */
export function newThreadId(): string {
  return `thr_${ulid(undefined, random)}`;
}

/** A new dataset id: `ds_` + ULID of that moment, epoch ms. */
export function newDatasetId(atMs: number): string {
  return `ds_${ulid(atMs, random)}`;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32 in lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      out += BASE32.charAt((value >>> (bits - 5)) & 31);
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  if (bits > 0) out += BASE32.charAt((value << (5 - bits)) & 31);
  return out;
}

const CHARACTER_CODES = Array.from(BASE32, (character) => character.charCodeAt(0));

/** The first `length` base32 characters (5 bits each, at most 51) of the text's SHA-256. */
export function shortHash(text: string, length: number): string {
  // As text of one character per byte: a buffer takes longer to make than the hash.
  const digest = hash('sha256', text, 'binary');
  const codes: number[] = [];
  let bits = 0;
  let value = 0;
  for (let i = 0; codes.length < length; i += 1) {
    value = ((value << 8) | digest.charCodeAt(i)) & 0xfff;
    bits += 8;
    for (; bits >= 5 && codes.length < length; bits -= 5)
      codes.push(CHARACTER_CODES[(value >>> (bits - 5)) & 31] ?? 0);
  }
  return String.fromCharCode(...codes);
}
