import type { SourcedPerson } from '../../data/source-of-data';
import { textAt } from '../request-parameters';
import { KNOWN } from './known-world';

/** The person that these details name: by id, by address, or by name and company; null for too little or nobody known. */
export function findPerson(details: Readonly<Record<string, unknown>>): SourcedPerson | null {
  const id = textAt(details, 'id');
  if (id !== '') return KNOWN.personById(id);
  const email = textAt(details, 'email');
  if (email !== '') return KNOWN.personByEmail(email);
  const domain = textAt(details, 'domain').toLowerCase();
  const [first = '', ...rest] = textAt(details, 'name').split(/\s+/);
  const firstName = textAt(details, 'first_name') || first;
  const lastName = textAt(details, 'last_name') || rest.join(' ');
  return domain === '' ? null : KNOWN.personNamed(domain, firstName, lastName);
}

/** What the books call this purchase: the person where there is one, so that it is one however it was asked for. */
export function purchaseOf(
  details: Readonly<Record<string, unknown>>,
  person: SourcedPerson | null,
): { input: Record<string, string>; units: number } {
  if (person !== null) return { input: { person: KNOWN.idOf(person) }, units: 1 };
  const asked = ['id', 'email', 'name', 'first_name', 'last_name', 'domain'].map((name) =>
    textAt(details, name),
  );
  return { input: { unknown: asked.join(' ').trim().toLowerCase() }, units: 0 };
}
