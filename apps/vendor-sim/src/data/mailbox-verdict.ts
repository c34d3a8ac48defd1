import { Seeded } from './seeded';

/** What becomes of a mail to an address. Every verifier finds the same, and says it in its own words. */
export type MailboxVerdict =
  'valid' | 'invalid' | 'bad_syntax' | 'catch_all' | 'unknown' | 'role' | 'do_not_mail' | 'abuse';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const ROLE_MAILBOX = /^(info|hello|contact|office|sales|support|team|admin)@/;
/** One mail server in nine takes every address. */
const CATCH_ALL_SHARE = 0.11;

/** `email` in any case. */
export function mailboxVerdict(email: string): MailboxVerdict {
  const address = email.toLowerCase();
  if (!ADDRESS.test(address)) return 'bad_syntax';
  if (ROLE_MAILBOX.test(address)) return 'role';
  const domain = address.slice(address.indexOf('@') + 1);
  if (new Seeded(domain).chance('catch-all', CATCH_ALL_SHARE)) return 'catch_all';
  return new Seeded(address).weighted('status', {
    valid: 80,
    invalid: 13,
    unknown: 5,
    do_not_mail: 1.5,
    abuse: 0.5,
  });
}
