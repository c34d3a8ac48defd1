import { z } from 'zod';

/** RFC 5321 §4.5.3.1.3, without the angle brackets. */
const ADDRESS_LENGTH_MAX = 254;
/** What some vendors write where they know of an address and do not show it, e.g. `email_not_unlocked@domain.com`. */
const PLACEHOLDER = /not_unlocked|^[^@]*\*/i;

const address = z.email();

/** A vendor's text as an address one could write to; null for anything else. */
export function mailAddress(text: string | null | undefined): string | null {
  const trimmed = text?.slice(0, ADDRESS_LENGTH_MAX + 2).trim() ?? '';
  if (trimmed.length > ADDRESS_LENGTH_MAX || PLACEHOLDER.test(trimmed)) return null;
  return address.safeParse(trimmed).success ? trimmed : null;
}
