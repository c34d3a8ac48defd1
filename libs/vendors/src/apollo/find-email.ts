import { mailAddress } from '../answers/mail-address';
import { percent } from '../answers/percent';
import { isSamePerson } from '../answers/same-person';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { apolloDescriptor } from './apollo.descriptor';
import { peopleMatchSchema } from './people-match.schema';

/** Addresses that the vendor names and knows to be of no use. */
const DEAD = new Set(['unavailable', 'bounced', 'invalid']);

/** The business address of one person: personal addresses and telephone numbers, which cost more, are not asked for. */
export const findEmail = jsonCall(apolloDescriptor, 'find_email', {
  request: ({ domain, first_name, last_name }, { apiKey }) => ({
    method: 'POST',
    path: '/api/v1/people/match',
    headers: { 'x-api-key': apiKey ?? '' },
    body: { first_name, last_name, domain, reveal_personal_emails: false, reveal_phone_number: false },
  }),
  schema: peopleMatchSchema,
  read: ({ person }, { input }) => {
    // "Credits are charged only if credit-consuming data is found: 1 credit for demographics or email."
    if (!person) return { kind: 'empty', units: 0 };
    const email = DEAD.has(person.email_status ?? '') ? null : mailAddress(person.email);
    if (email === null || !isSamePerson(input, person)) return { kind: 'empty', units: 1 };
    const fraction = person.extrapolated_email_confidence;
    const confidence = typeof fraction === 'number' ? percent(fraction * 100) : null;
    return { kind: 'ok', value: { email, confidence, title: plainText(person.title, 120) }, units: 1 };
  },
});
