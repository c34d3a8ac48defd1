import { jsonBody, recordAt } from '../request-parameters';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { findPerson, purchaseOf } from './find-person';
import { enrichedPerson } from './person';

const PEOPLE_MAX = 10;

/** Ten people at most, each bought for itself; `matches` stand in the order of `details`, null for a miss. */
export function bulkMatch(request: VendorRequest): WorkedAnswer {
  const details = jsonBody(request)?.details;
  if (!Array.isArray(details) || details.length === 0) {
    return refused('INVALID_REQUEST', 'invalid request, missing details');
  }
  if (details.length > PEOPLE_MAX) {
    return refused('RECORD_LIMIT_EXCEEDED', `cannot enrich more than ${PEOPLE_MAX} in a single request`);
  }
  const asked = details.map((one: unknown) => recordAt(one));
  const people = asked.map(findPerson);
  const found = people.filter((person) => person !== null);
  return {
    status: 200,
    json: {
      status: 'success',
      error_code: null,
      error_message: null,
      total_requested_enrichments: asked.length,
      unique_enriched_records: new Set(found.map(({ email }) => email)).size,
      missing_records: asked.length - found.length,
      credits_consumed: found.length,
      matches: people.map((person) => (person === null ? null : enrichedPerson(person))),
    },
    purchase: asked.map((one, i) => purchaseOf(one, people[i] ?? null)),
  };
}

function refused(error_code: string, error_message: string): WorkedAnswer {
  return { status: 400, json: { status: 'failed', error_code, error_message }, purchase: null };
}
