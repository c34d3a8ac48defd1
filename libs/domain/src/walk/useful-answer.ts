import { OPERATIONS, type Contact, type Operation, type OperationOutput } from '#libs/contracts';
import { addressKey, namedPerson } from './contact-addresses';

type Usefulness = { readonly [Op in Operation]: (output: OperationOutput<Op>) => boolean };

/** Which answers end a step. One that tells nothing we can use counts as empty, and the next vendor is asked. */
const USEFUL: Usefulness = {
  crawl_website: () => true,
  /** The name alone is no news. */
  enrich_company: ({ name: _name, technologies, ...facts }) =>
    technologies.length > 0 || Object.values(facts).some((fact) => fact !== null),
  read_profile: ({ summary, products, sells_to }) =>
    summary !== null || products.length > 0 || sells_to !== null,
  find_contacts: ({ contacts }) => contacts.some(isUsablePerson),
  find_email: ({ email }) => /^[^\s@]+@[^\s@]+$/.test(email.trim()),
  /** Another vendor may know. */
  verify_email: ({ verdict }) => verdict !== 'unknown',
  find_signals: ({ signals }) => signals.length > 0,
};

/** Operations whose every answer is of use, so that nothing need be looked at. */
const ALWAYS_USEFUL: ReadonlySet<Operation> = new Set(['crawl_website']);

/** True if the answer tells something the walk can use. An answer that is none of the operation's tells nothing. */
export function isUsefulAnswer(op: Operation, output: unknown): boolean {
  if (ALWAYS_USEFUL.has(op)) return true;
  const parsed = OPERATIONS[op].output.safeParse(output);
  return parsed.success && (USEFUL[op] as (output: unknown) => boolean)(parsed.data);
}

/** Somebody to write to, or whose address can be looked up. */
function isUsablePerson(contact: Contact): boolean {
  return addressKey(contact.email) !== null || namedPerson(contact) !== null;
}
