import type { Contact } from '#libs/contracts';
import { titleFit } from '#libs/domain';

/** The contacts of wanted titles first, without wanted ones by seniority; among equals, as the vendor lists them. */
export function orderByTitle(contacts: readonly Contact[], wantedTitles: readonly string[]): Contact[] {
  return contacts
    .map((contact) => ({
      contact,
      fit: contact.title === null ? 0 : titleFit(contact.title, wantedTitles).fit,
    }))
    .sort((a, b) => b.fit - a.fit)
    .map(({ contact }) => contact);
}
