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
  if (left.length === contacts.length && !persons.finder.isIn(JSON.stringify(value))) return value;
  if (op === 'find_email' || op === 'verify_email' || (op === 'find_contacts' && left.length === 0)) {
    return null;
  }
  const rest = eraseFromJson(op === 'find_contacts' ? { contacts: left } : (value as object), persons.finder);
  return OPERATIONS[op].output.safeParse(rest).success ? rest : null;
}
