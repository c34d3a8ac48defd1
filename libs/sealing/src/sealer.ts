import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { appError } from '#libs/contracts';

const CIPHER = 'aes-256-gcm';
/** 96 bits, what GCM is made for (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** `s1.<key id>.<nonce + ciphertext + tag, base64url>` */
const SHAPE = /^s1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{38,})$/;

interface SealingKey {
  id: string;
  bytes: Buffer;
}

/**
 * Encrypts secrets that tenants hand over, for storing them: AES-256-GCM under the deployment's keys (`settings.sealing.keys`,
 * base64). What is sealed is bound to its place, a list of words such as `['vendor-credential', tenantId, vendor]`: it opens
 * nowhere else, so that a stored text copied to another tenant is worthless there.
 */
export class Sealer {
  private readonly keys: readonly SealingKey[];

  /** The first key seals, every key opens; none at all: nothing can be sealed. */
  constructor(keys: readonly string[]) {
    this.keys = keys.map((key) => {
      const bytes = Buffer.from(key, 'base64');
      return { bytes, id: keyId(bytes) };
    });
  }

  /** Throws `sealing_not_configured`. */
  seal(secret: string, place: readonly string[]): string {
    const [key] = this.keys;
    if (!key) {
      throw appError(
        'sealing_not_configured',
        'this deployment has no key to encrypt secrets with: set LEADGEN_SEALING_KEY_FILE to a file with the output of `openssl rand -base64 32`',
      );
    }
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(boundTo(key, place));
    const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return `s1.${key.id}.${Buffer.concat(sealed).toString('base64url')}`;
  }

  /** Throws `sealed_unreadable`: sealed elsewhere, by a key that is not there any more, or altered. */
  open(sealed: string, place: readonly string[]): string {
    const [, id, body] = SHAPE.exec(sealed) ?? [];
    const key = this.keys.find((candidate) => candidate.id === id);
    if (!key || body === undefined) {
      throw appError('sealed_unreadable', 'none of the configured keys has sealed this', {
        context: { sealing_key: id ?? null },
      });
    }
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(key, place)).setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw appError('sealed_unreadable', 'this was sealed for another place, or altered', {
        cause,
        context: { sealing_key: key.id },
      });
    }
  }

  /** Whether the text was sealed by another key than the one that seals today: seal it anew when it is opened next. */
  isStale(sealed: string): boolean {
    return SHAPE.exec(sealed)?.[1] !== this.keys[0]?.id;
  }
}

/** Tells keys apart and says nothing of them. */
function keyId(bytes: Buffer): string {
  return createHash('sha256').update('leadgen-sealing-key').update(bytes).digest('hex').slice(0, 8);
}

function boundTo(key: SealingKey, place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(['s1', key.id, ...place]));
}
