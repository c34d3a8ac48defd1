import { mailAddress } from '../answers/mail-address';
import { percent } from '../answers/percent';
import { isSamePerson } from '../answers/same-person';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import { emailFinderSchema } from './email-finder.schema';
import { hunterDescriptor } from './hunter.descriptor';

/** The vendor looks for up to this long, then answers with what it has; documented as 3 to 20, by default 10. */
const SEARCH_SECONDS = 15;

/** The business address of one person. One that the vendor itself knows to be dead is none, and costs all the same. */
export const findEmail = jsonCall(hunterDescriptor, 'find_email', {
  request: ({ domain, first_name, last_name }, { apiKey, deadlineMs }) => ({
    method: 'GET',
    path: '/v2/email-finder',
    query: { domain, first_name, last_name, max_duration: String(SEARCH_SECONDS), api_key: apiKey ?? '' },
    headersMs: deadlineMs,
  }),
  schema: emailFinderSchema,
  read: ({ data }, { input }) => {
    // "No credits are used if Hunter can't find or verify an email."
    if (!data.email) return { kind: 'empty', units: 0 };
    const email = mailAddress(data.email);
    if (email === null || data.verification?.status === 'invalid' || !isSamePerson(input, data)) {
      return { kind: 'empty', units: 1 };
    }
    const value = { email, confidence: percent(data.score), title: plainText(data.position, 120) };
    return { kind: 'ok', value, units: 1 };
  },
});
