import type { Contact } from '#libs/contracts';
import { orderByTitle } from '../answers/order-by-title';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { apolloDescriptor } from './apollo.descriptor';
import { peopleSearchSchema, type ListedPerson } from './people-search.schema';

const CONTACTS_MAX = 10;
/** As many as the vendor is asked for: those of a wanted title may stand further down. */
const LISTED_MAX = 25;

/** People of a company, without addresses; those of a wanted title first, then as the vendor lists them. Free. */
export const findContacts = jsonCall(apolloDescriptor, 'find_contacts', {
  request: ({ domain, titles }, { apiKey }) => ({
    method: 'POST',
    path: '/api/v1/mixed_people/api_search',
    headers: { 'x-api-key': apiKey ?? '' },
    body: {
      q_organization_domains_list: [domain],
      ...(titles.length === 0 ? {} : { person_titles: titles }),
      page: 1,
      per_page: LISTED_MAX,
    },
  }),
  schema: peopleSearchSchema,
  read: ({ people }, { input }) => {
    const contacts = people.slice(0, LISTED_MAX).map(toContact).filter(isSomebody);
    const ordered = orderByTitle(contacts, input.titles).slice(0, CONTACTS_MAX);
    if (ordered.length === 0) return { kind: 'empty', units: 0 };
    return { kind: 'ok', value: { contacts: ordered }, units: 0 };
  },
});

function toContact({ first_name, last_name, title }: ListedPerson): Contact {
  return {
    first_name: plainText(first_name, 80),
    last_name: plainText(last_name, 80),
    title: plainText(title, 120),
    email: null,
    confidence: null,
  };
}

function isSomebody({ first_name, last_name }: Contact): boolean {
  return first_name !== null || last_name !== null;
}
