import type { Contact } from '#libs/contracts';
import { titleFit } from '#libs/domain';
import { mailAddress } from '../answers/mail-address';
import { percent } from '../answers/percent';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { domainSearchSchema, type FoundEmail } from './domain-search.schema';
import { hunterDescriptor } from './hunter.descriptor';

/** One credit buys up to ten addresses. */
const CONTACTS_MAX = 10;
/** The vendor never lists more at once. */
const LISTED_MAX = 100;

/** Contacts of a company's domain. A contact nobody asked for still counts: the best title first, then confidence. */
export const findContacts = jsonCall(hunterDescriptor, 'find_contacts', {
  request: ({ domain }, { apiKey }) => ({
    method: 'GET',
    path: '/v2/domain-search',
    query: { domain, limit: String(CONTACTS_MAX), api_key: apiKey ?? '' },
  }),
  schema: domainSearchSchema,
  read: ({ data }, { input }) => {
    const found = data.emails.slice(0, LISTED_MAX).filter(({ value }) => mailAddress(value) !== null);
    const contacts = orderByTitle(found, input.titles);
    // No credit is counted for a search that finds no address.
    if (contacts.length === 0) return { kind: 'empty', units: 0 };
    return { kind: 'ok', value: { contacts }, units: 1 };
  },
});

function orderByTitle(found: readonly FoundEmail[], wantedTitles: readonly string[]): Contact[] {
  return found
    .map((email) => ({ email, contact: toContact(email) }))
    .map(({ email, contact }) => ({
      contact,
      keys: [
        contact.title === null ? 0 : titleFit(contact.title, wantedTitles).fit,
        email.type === 'generic' ? 0 : 1,
        email.confidence ?? 0,
      ] as const,
    }))
    .sort((a, b) => b.keys[0] - a.keys[0] || b.keys[1] - a.keys[1] || b.keys[2] - a.keys[2])
    .slice(0, CONTACTS_MAX)
    .map(({ contact }) => contact);
}

function toContact({ value, confidence, first_name, last_name, position }: FoundEmail): Contact {
  return {
    first_name: plainText(first_name, 80),
    last_name: plainText(last_name, 80),
    title: plainText(position, 120),
    email: mailAddress(value),
    confidence: percent(confidence),
  };
}
