import type { SuppressionKind } from '#libs/contracts';
import { normalizeDomain } from '../normalize';
import { nameKey } from '../normalize/name/name-key';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const EMAIL_LENGTH_MAX = 254;
/** Names are compared as there, where an umlaut written as two letters does not count: whoever objects is found in both spellings. */
const COMPARED_AS_IN = 'DE';

/**
 * What a suppression list compares, or what is wrong with the value, as a sentence: an address in lower case, a registrable
 * domain, a company's name without case, accents and legal form.
 */
export function suppressedSubject(
  kind: SuppressionKind,
  value: string,
): { subject: string } | { problem: string } {
  switch (kind) {
    case 'email': {
      const email = value.trim().toLowerCase();
      if (EMAIL.test(email) && email.length <= EMAIL_LENGTH_MAX) return { subject: email };
      return { problem: 'this is no e-mail address' };
    }
    case 'domain': {
      const domain = normalizeDomain(value);
      return domain === null
        ? { problem: 'this is no domain of a company; write e.g. example.com' }
        : { subject: domain };
    }
    case 'company': {
      const name = companyNameSubject(value);
      return name === '' ? { problem: 'this is no name: it has no letter or digit' } : { subject: name };
    }
  }
}

/** A company's name as a suppression list compares it; empty for one without a letter or digit. */
export function companyNameSubject(name: string): string {
  return nameKey(name, COMPARED_AS_IN);
}
