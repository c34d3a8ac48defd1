import { OPERATIONS, type Contact, type StepRecord, type TriedVendor, type WalkState } from '#libs/contracts';
import {
  addressedContacts,
  contactAddresses,
  foundContacts,
  namedPerson,
  personsToFind,
} from '../walk/contact-addresses';
import { emailStep, findEmailStep } from '../walk/walk-steps';
import { eraseFromJson } from './erase-json';
import type { ErasedName, SubjectFinder } from './erasure-subject';

const REASON = 'erased on request';

/** Who is to be forgotten, by address and by what else is known of them. */
export interface ErasedPersons {
  finder: SubjectFinder;
  names: readonly ErasedName[];
}

/** The names that go with the subject's addresses, in lower case. */
export function namesOfSubject(state: WalkState, finder: SubjectFinder): ErasedName[] {
  return namesIn(addressedContacts(state), finder);
}

/** The same, of a list of contacts as a vendor found them. */
export function namesIn(contacts: readonly Contact[], finder: SubjectFinder): ErasedName[] {
  return contacts.filter(({ email }) => finder.isAddress(email)).flatMap((contact) => nameOf(contact) ?? []);
}

/** Whether a contact is one of them. A namesake with another address is somebody else. */
export function isErasedPerson(contact: Contact, { finder, names }: ErasedPersons): boolean {
  if (contact.email !== null && contact.email !== '') return finder.isAddress(contact.email);
  const name = nameOf(contact);
  return name !== null && names.some(({ first, last }) => first === name.first && last === name.last);
}

/**
 * A company's journal without them: their contacts, lookups and verifications are gone, the steps of the others keep their
 * answers under the numbers they have now. A step whose answer was about nobody else counts as left out.
 */
export function erasePersons<State extends WalkState>(state: State, persons: ErasedPersons): State {
  const found = foundContacts(state);
  const addressed = addressedContacts(state);
  const stays = addressed.map((contact) => !isErasedPerson(contact, persons));
  const left = found.filter((_contact, i) => stays[i]);
  const leftAddressed = addressed.filter((_contact, i) => stays[i]);
  const renamed = new Map<string, string | null>([
    ...renumbered(personsToFind(found).map(keyOf), personsToFind(left).map(keyOf), findEmailStep),
    ...renumbered(contactAddresses(addressed), contactAddresses(leftAddressed), emailStep),
  ]);
  const steps = state.steps.flatMap((record) => {
    const step = renamed.has(record.step) ? (renamed.get(record.step) ?? null) : record.step;
    if (step === null) return [];
    const own =
      step === 'contacts' && record.status === 'found' ? { ...record, output: { contacts: left } } : record;
    return [cleanStep({ ...own, step }, persons.finder)];
  });
  const tried = state.tried.flatMap((record): TriedVendor[] => {
    const step = renamed.has(record.step) ? (renamed.get(record.step) ?? null) : record.step;
    return step === null ? [] : [eraseFromJson({ ...record, step }, persons.finder)];
  });
  const { company, match } = state;
  return {
    ...state,
    company: eraseFromJson(company, persons.finder),
    match: eraseFromJson(match, persons.finder),
    steps,
    tried,
  };
}

/** The step without the subject; left out where nothing that its operation can answer is left. */
function cleanStep(record: StepRecord, finder: SubjectFinder): StepRecord {
  const cleaned = eraseFromJson(record, finder);
  if (cleaned === record || cleaned.status !== 'found' || isAnswer(cleaned)) return cleaned;
  const { output: _output, ...rest } = cleaned;
  return { ...rest, status: 'skipped', vendor: null, reason: REASON };
}

/** An answer of the operation; one about the erased address alone is none. */
function isAnswer({ op, output }: StepRecord): boolean {
  if (op === 'verify_email' || op === 'find_email') return false;
  return OPERATIONS[op].output.safeParse(output).success;
}

/** Old step → the step that is now about the same, null for who is gone. */
function renumbered(
  before: readonly string[],
  after: readonly string[],
  stepOf: (n: number) => string,
): [string, string | null][] {
  return before.map((key, i) => {
    const now = after.indexOf(key);
    return [stepOf(i + 1), now < 0 ? null : stepOf(now + 1)];
  });
}

function nameOf(contact: Contact): ErasedName | null {
  const person = namedPerson(contact);
  return person && { first: person.first_name, last: person.last_name };
}

function keyOf({ first_name: first, last_name: last }: { first_name: string; last_name: string }): string {
  return `${first}|${last}`;
}
