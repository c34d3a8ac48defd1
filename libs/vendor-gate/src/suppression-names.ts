import { createHash, createHmac } from 'node:crypto';
import type { SuppressionKind } from '#libs/contracts';
import { suppressionKey } from './suppression-key';

/** Somebody who may be on a suppression list, spelled as `suppressedSubject` does. */
export interface SuppressionSubject {
  kind: SuppressionKind;
  value: string;
}

/** Whom a mailbox stands for: itself, and everybody at its domain. */
export function mailboxSubjects(email: string): SuppressionSubject[] {
  return [
    { kind: 'email', value: email },
    { kind: 'domain', value: email.slice(email.lastIndexOf('@') + 1) },
  ];
}

const KEYED = 'k1.';

/**
 * How suppression lists name their entries. A name is a hash under the deployment's own key, so that whoever has the database
 * alone cannot test guesses. What was written before there was a key has the name of `suppressionKey`: such entries are looked
 * for as well, and `keyed` turns their names into those of today without knowing whom they stand for.
 */
export class SuppressionNames {
  private readonly key: Buffer | null;

  /** `settings.suppression.key`, base64; undefined: names are those of `suppressionKey`. */
  constructor(key?: string) {
    this.key = key === undefined ? null : Buffer.from(key, 'base64');
  }

  /** Under which name an entry is written. */
  nameOf(tenantId: string, { kind, value }: SuppressionSubject): string {
    return this.keyed(suppressionKey(tenantId, kind, value));
  }

  /** Under which names somebody may be on a list, the one of `nameOf` first. */
  namesOf(tenantId: string, { kind, value }: SuppressionSubject): string[] {
    const plain = suppressionKey(tenantId, kind, value);
    return this.key === null ? [plain] : [this.keyed(plain), plain];
  }

  /** The name of today for any name; the same one where there is nothing to do. */
  keyed(name: string): string {
    if (this.key === null || name.startsWith(KEYED)) return name;
    return KEYED + createHmac('sha256', this.key).update(name).digest('base64url');
  }

  /** Tells keys apart and says nothing of them; null without a key. */
  keyId(): string | null {
    if (this.key === null) return null;
    return createHash('sha256').update('leadgen-suppression-key').update(this.key).digest('hex').slice(0, 8);
  }
}
