import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** OWASP's setting for scrypt (2^15, 8, 3): about a tenth of a second and 32 MB for each guess. */
const COST = { log2N: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** `scrypt$<log2 N>$<r>$<p>$<salt>$<key>`, the last two in base64url. */
const SHAPE = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;
/** A hash that takes longer than this is no setting but a way to stop the process. */
const LOG2_N_MAX = 18;

/** What is kept of an operator's password. */
export async function hashOpsPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const { log2N, r, p } = COST;
  const key = await derive(password, salt, { log2N, r, p });
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a text is a hash of `hashOpsPassword` that can be checked in reasonable time. */
export function isOpsPasswordHash(text: string): boolean {
  const [, log2N = '', r = '', p = ''] = SHAPE.exec(text) ?? [];
  return log2N !== '' && inRange(log2N, 10, LOG2_N_MAX) && inRange(r, 1, 16) && inRange(p, 1, 8);
}

/** False also for a text that is no hash. The time it takes does not tell how much of the password was right. */
export async function isOpsPassword(password: string, hash: string): Promise<boolean> {
  const [, log2N, r, p, salt = '', key = ''] = SHAPE.exec(hash) ?? [];
  if (!isOpsPasswordHash(hash)) return false;
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

function inRange(text: string, least: number, most: number): boolean {
  return Number(text) >= least && Number(text) <= most;
}

function derive(
  password: string,
  salt: Buffer,
  { log2N, r, p }: { log2N: number; r: number; p: number },
): Promise<Buffer> {
  const N = 2 ** log2N;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
