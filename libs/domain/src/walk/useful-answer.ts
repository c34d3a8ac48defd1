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

/**
 * Whether the answer tells something the walk can use; one that is none of the operation's tells nothing. `parsed`: the
 * answer as the operation's output schema reads it, where it had to be looked at.
 */
export function judgeAnswer(op: Operation, output: unknown): { useful: boolean; parsed?: unknown } {
  if (ALWAYS_USEFUL.has(op)) return { useful: true };
  const { data } = OPERATIONS[op].output.safeParse(output);
  if (data === undefined) return { useful: false };
  return { useful: (USEFUL[op] as (output: unknown) => boolean)(data), parsed: data };
}

/** Somebody to write to, or whose address can be looked up. */
function isUsablePerson(contact: Contact): boolean {
  return addressKey(contact.email) !== null || namedPerson(contact) !== null;
}
