import type { Contact } from '#libs/contracts';
import { orderByTitle } from '../answers/order-by-title';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { contactSearchSchema, type ListedContact } from './contact-search.schema';
import { lushaDescriptor } from './lusha.descriptor';

const CONTACTS_MAX = 10;
/** Documented as 10 to 50. */
const PAGE_SIZE = 20;

/** People of a company by name, without addresses; those of a wanted title first, then as the vendor lists them. */
export const findContacts = jsonCall(lushaDescriptor, 'find_contacts', {
  request: ({ domain, titles }, { apiKey }) => ({
    method: 'POST',
    path: '/prospecting/contact/search',
    headers: { api_key: apiKey ?? '' },
    body: {
      pages: { page: 0, size: PAGE_SIZE },
      filters: {
        contacts: { include: titles.length === 0 ? {} : { jobTitles: titles } },
        companies: { include: { domains: [domain] } },
      },
    },
  }),
  schema: contactSearchSchema,
  read: (answer, { input }) => {
    const listed = answer.contacts.slice(0, PAGE_SIZE);
    const contacts = orderByTitle(listed.map(toContact).filter(isNamed), input.titles).slice(0, CONTACTS_MAX);
    // A search is charged by what it lists, whether or not we can use it.
    if (contacts.length === 0) return { kind: 'empty', units: listed.length > 0 ? 1 : 0 };
    return { kind: 'ok', value: { contacts }, units: 1 };
  },
});

/** The vendor writes a name in one piece: its first word is taken for the first name. */
function toContact({ name, jobTitle }: ListedContact): Contact {
  const [first = '', ...rest] = (plainText(name, 160) ?? '').split(' ');
  return {
    first_name: plainText(first, 80),
    last_name: plainText(rest.join(' '), 80),
    title: plainText(jobTitle, 120),
    email: null,
    confidence: null,
  };
}

function isNamed({ first_name }: Contact): boolean {
  return first_name !== null;
}
