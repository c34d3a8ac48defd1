import type { LeadContact } from '#libs/contracts';
import { titleFit } from '../score/title-fit';

/**
 * The contacts with the person to write to first: a verified address before one that may be used, before none or a
 * refused one; among equals by how well the job title fits, then by the vendor's confidence, then in the vendor's order.
 */
export function orderContacts(
  contacts: readonly LeadContact[],
  wantedTitles: readonly string[],
): LeadContact[] {
  return contacts
    .map((contact) => ({ contact, keys: sortKeys(contact, wantedTitles) }))
    .sort((a, b) => b.keys[0] - a.keys[0] || b.keys[1] - a.keys[1] || b.keys[2] - a.keys[2])
    .map(({ contact }) => contact);
}

function sortKeys(contact: LeadContact, wantedTitles: readonly string[]): [number, number, number] {
  const { title, confidence } = contact;
  return [addressRank(contact), title === null ? 0 : titleFit(title, wantedTitles).fit, confidence ?? 0];
}

function addressRank({ email, verdict }: LeadContact): number {
  if (verdict === 'valid') return 2;
  return email !== null && verdict !== 'invalid' && verdict !== 'do_not_mail' ? 1 : 0;
}
