import type { Contact, EmailVerification, LeadContact, OperationInput, WalkState } from '#libs/contracts';
import { stepOutput, stepRecord } from './step-outputs';
import { emailStep, findEmailStep } from './walk-steps';

/** A contact and the vendor its address comes from: the one that named it, or the one that looked its address up. */
export interface AddressedContact extends Contact {
  email_source: string | null;
}

/** The contacts in the vendor's order (best title first), empty where none were found. Throws `ZodError` on a damaged journal. */
export function foundContacts(state: WalkState): readonly Contact[] {
  return stepOutput(state, 'contacts', 'find_contacts')?.contacts ?? [];
}

/** Whom to look up: one named person of the company, spelt as the lookup is bought. */
export type NamedPerson = Pick<OperationInput<'find_email'>, 'first_name' | 'last_name'>;

/**
 * The persons with both names and no address, in the contacts' order; each once. In lower case and with single spaces: the
 * same person is the same purchase, however a vendor spells the name.
 */
export function personsToFind(contacts: readonly Contact[]): readonly NamedPerson[] {
  const persons = new Map<string, NamedPerson>();
  for (const contact of contacts) {
    const person = addressKey(contact.email) === null ? namedPerson(contact) : null;
    if (person && !persons.has(personKey(person))) persons.set(personKey(person), person);
  }
  return [...persons.values()];
}

/** The contacts with the addresses that were looked up for them. */
export function addressedContacts(state: WalkState): readonly AddressedContact[] {
  const contacts = foundContacts(state);
  if (contacts.length === 0) return [];
  const finder = stepRecord(state, 'contacts')?.vendor ?? null;
  const found = foundAddresses(state, contacts);
  return contacts.map((contact) => {
    if (addressKey(contact.email) !== null) return { ...contact, email_source: finder };
    const person = namedPerson(contact);
    const answer = person ? found.get(personKey(person)) : undefined;
    return answer ? { ...contact, ...answer } : { ...contact, email_source: null };
  });
}

type FoundAddress = Pick<AddressedContact, 'email' | 'confidence' | 'email_source'>;

function foundAddresses(state: WalkState, contacts: readonly Contact[]): ReadonlyMap<string, FoundAddress> {
  const found = new Map<string, FoundAddress>();
  if (!state.steps.some(({ op, status }) => op === 'find_email' && status === 'found')) return found;
  for (const [index, person] of personsToFind(contacts).entries()) {
    const step = findEmailStep(index + 1);
    const answer = stepOutput(state, step, 'find_email');
    if (!answer) continue;
    const { email, confidence } = answer;
    found.set(personKey(person), {
      email: email.trim(),
      confidence,
      email_source: stepRecord(state, step)?.vendor ?? null,
    });
  }
  return found;
}

/**
 * The distinct addresses of the contacts, in their order, in lower case: the spelling under which a verification is
 * bought, since mailbox names that differ in case only are the same mailbox in practice.
 */
export function contactAddresses(contacts: readonly Contact[]): readonly string[] {
  const addresses = contacts.map(({ email }) => addressKey(email)).filter((email) => email !== null);
  return [...new Set(addresses)];
}

/**
 * The verdict of the n-th address's verification, or null where it did not end in one. `unknown` where every vendor
 * was asked and none could tell.
 */
export function emailVerdict(state: WalkState, n: number): EmailVerification['verdict'] | null {
  const verification = stepOutput(state, emailStep(n), 'verify_email');
  if (verification) return verification.verdict;
  return stepRecord(state, emailStep(n))?.status === 'empty' ? 'unknown' : null;
}

/** The contacts with their addresses, the verdict on each, and which vendors gave the one and the other; null where there is none. */
export function contactsWithVerdicts(state: WalkState): readonly LeadContact[] {
  const contacts = addressedContacts(state);
  const addresses = contactAddresses(contacts);
  return contacts.map((contact) => {
    const n = addresses.indexOf(addressKey(contact.email) ?? '') + 1;
    const verdict = n === 0 ? null : emailVerdict(state, n);
    const verifier = verdict === null ? null : (stepRecord(state, emailStep(n))?.vendor ?? null);
    return { ...contact, verdict, verified_by: verifier };
  });
}

/** An address under which it is compared and bought; null where there is none. */
export function addressKey(email: string | null): string | null {
  return email?.trim().toLowerCase() || null;
}

/** The person as a lookup names them, or null where a name is missing. */
export function namedPerson({ first_name: first, last_name: last }: Contact): NamedPerson | null {
  const person = { first_name: nameKey(first), last_name: nameKey(last) };
  return person.first_name === '' || person.last_name === '' ? null : person;
}

function nameKey(name: string | null): string {
  return (name ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function personKey({ first_name: first, last_name: last }: NamedPerson): string {
  return `${first}|${last}`;
}
