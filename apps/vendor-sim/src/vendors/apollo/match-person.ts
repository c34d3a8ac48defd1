import { jsonBody, textAt } from '../request-parameters';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { findPerson, purchaseOf } from './find-person';
import { enrichedPerson } from './person';

/** One person: one credit where anything is found, again each time; none where nothing is. Asked in query or body. */
export function matchPerson(request: VendorRequest): WorkedAnswer {
  const details: Readonly<Record<string, unknown>> = {
    ...jsonBody(request),
    ...Object.fromEntries(request.query),
  };
  const wantsPhone = textAt(details, 'reveal_phone_number') === 'true';
  if (wantsPhone && details.webhook_url === undefined) {
    return { status: 400, json: { error: "reveal_phone_number needs a 'webhook_url'" }, purchase: null };
  }
  const person = findPerson(details);
  return {
    status: 200,
    json: { person: person === null ? null : enrichedPerson(person) },
    purchase: purchaseOf(details, person),
  };
}
