import { OPERATIONS, type Contact, type Operation } from '#libs/contracts';
import { eraseFromJson } from './erase-json';
import { isErasedPerson, type ErasedPersons } from './erase-person';

/**
 * A vendor's answer without them: the same answer if it does not name them, null if nothing is left that the operation could
 * have answered.
 */
export function eraseAnswer(op: Operation, value: unknown, persons: ErasedPersons): unknown {
  const contacts = op === 'find_contacts' ? (value as { contacts: Contact[] }).contacts : [];
  const left = contacts.filter((contact) => !isErasedPerson(contact, persons));
  const rest = eraseFromJson(left.length === contacts.length ? value : { contacts: left }, persons.finder);
  if (rest === value) return value;
  if (op === 'find_email' || op === 'verify_email' || (op === 'find_contacts' && left.length === 0)) {
    return null;
  }
  return OPERATIONS[op].output.safeParse(rest).success ? rest : null;
}
