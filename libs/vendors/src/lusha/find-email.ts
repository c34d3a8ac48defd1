import { mailAddress } from '../answers/mail-address';
import { isSamePerson } from '../answers/same-person';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { lushaDescriptor } from './lusha.descriptor';
import { personSchema, type RevealedAddress } from './person.schema';

/** A person has few addresses. */
const LISTED_MAX = 20;

/**
 * The business address of one person, revealed: telephone numbers, which cost more, are not, and a person without an
 * address is not either. Whether it cost a credit, the answer says.
 */
export const findEmail = jsonCall(lushaDescriptor, 'find_email', {
  request: ({ domain, first_name, last_name }, { apiKey }) => ({
    method: 'GET',
    path: '/v2/person',
    query: {
      firstName: first_name,
      lastName: last_name,
      companyDomain: domain,
      filterBy: 'emailAddresses',
      revealEmails: 'true',
    },
    headers: { api_key: apiKey ?? '' },
  }),
  schema: personSchema,
  read: ({ contact: { data, isCreditCharged } }, { input }) => {
    const units = isCreditCharged === true ? 1 : 0;
    if (!data) return { kind: 'empty', units };
    const email = businessAddress(data.emailAddresses ?? []);
    const person = { first_name: data.firstName, last_name: data.lastName };
    if (email === null || !isSamePerson(input, person)) return { kind: 'empty', units };
    return {
      kind: 'ok',
      value: { email, confidence: null, title: plainText(data.jobTitle?.title, 120) },
      units,
    };
  },
});

/** The first that is not said to be private. */
function businessAddress(addresses: readonly RevealedAddress[]): string | null {
  const found = addresses
    .slice(0, LISTED_MAX)
    .filter(({ emailType, type }) => !/private|personal/i.test(emailType ?? type ?? ''))
    .map(({ email, address }) => mailAddress(email ?? address));
  return found.find((email) => email !== null) ?? null;
}
