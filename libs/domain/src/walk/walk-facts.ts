import {
  OPERATIONS,
  type Contact,
  type EmailVerification,
  type LeadContact,
  type StepRecord,
  type WalkState,
  type WebsiteFacts,
} from '#libs/contracts';
import { emailStep } from './walk-steps';

/** How the step ended, or `undefined` while it has not. */
export function stepRecord(state: WalkState, step: string): StepRecord | undefined {
  return state.steps.find((record) => record.step === step);
}

/** What the company's own website told, or null where the step did not find it. Throws `ZodError` on a damaged journal. */
export function websiteFacts(state: WalkState): WebsiteFacts | null {
  const record = stepRecord(state, 'website');
  if (record?.status !== 'found') return null;
  const known = parsedWebsites.get(record);
  if (known) return known;
  const facts = OPERATIONS.crawl_website.output.parse(record.output);
  parsedWebsites.set(record, facts);
  return facts;
}

/** Several features of one score ask for the same facts. */
const parsedWebsites = new WeakMap<StepRecord, WebsiteFacts>();

/** The contacts in the vendor's order (best title first), empty where none were found. Throws `ZodError` on a damaged journal. */
export function foundContacts(state: WalkState): readonly Contact[] {
  const record = stepRecord(state, 'contacts');
  return record?.status === 'found' ? OPERATIONS.find_contacts.output.parse(record.output).contacts : [];
}

/**
 * The distinct addresses of the contacts, in their order, in lower case: the spelling under which a verification is
 * bought, since mailbox names that differ in case only are the same mailbox in practice.
 */
export function contactAddresses(contacts: readonly Contact[]): readonly string[] {
  const addresses = contacts.map(({ email }) => addressKey(email)).filter((email) => email !== null);
  return [...new Set(addresses)];
}

/** The verdict of the n-th address's verification, or null where it did not end in one. */
export function emailVerdict(state: WalkState, n: number): EmailVerification['verdict'] | null {
  const record = stepRecord(state, emailStep(n));
  return record?.status === 'found' ? OPERATIONS.verify_email.output.parse(record.output).verdict : null;
}

/** The contacts with the verdict on each one's address; null where there is none. */
export function contactsWithVerdicts(state: WalkState): readonly LeadContact[] {
  const contacts = foundContacts(state);
  const addresses = contactAddresses(contacts);
  return contacts.map((contact) => {
    const n = addresses.indexOf(addressKey(contact.email) ?? '') + 1;
    return { ...contact, verdict: n === 0 ? null : emailVerdict(state, n) };
  });
}

function addressKey(email: string | null): string | null {
  return email?.trim().toLowerCase() || null;
}
