import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';
import { base32 } from '#libs/kernel';

/** `lg_<environment>_<id>_<secret>`: 80 random bits of id in base32, 256 of secret in base64url. */
const SHAPE = /^lg_([a-z0-9]{1,16})_([a-z2-7]{16})_([A-Za-z0-9_-]{43})$/;
const ID = /^[a-z2-7]{16}$/;
const ID_BYTES = 10;
const SECRET_BYTES = 32;

export interface ApiKeyParts {
  environment: string;
  id: string;
  secret: string;
}

/** The parts of a key's text; undefined where it is none. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, environment, id, secret] = SHAPE.exec(text) ?? [];
  return environment !== undefined && id !== undefined && secret !== undefined
    ? { environment, id, secret }
    : undefined;
}

export function isKeyId(text: string): boolean {
  return ID.test(text);
}

/** A new key; its text is shown once and kept nowhere. */
export function newApiKey(environment: string): ApiKeyParts & { text: string } {
  const id = base32(randomBytes(ID_BYTES));
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { environment, id, secret, text: `lg_${environment}_${id}_${secret}` };
}

/** What is stored of a secret. SHA-256 is enough: 256 random bits cannot be guessed, so a slow hash would only cost. */
export function hashSecret(secret: string): string {
  return digest('sha256', secret, 'hex');
}

/** Compares a secret's hash with the stored one in a time that does not tell how much of it was right. */
export function isStoredHash(hash: string, storedHash: string): boolean {
  const given = Buffer.from(hash, 'hex');
  const stored = Buffer.from(storedHash, 'hex');
  return given.length === stored.length && timingSafeEqual(given, stored);
}
