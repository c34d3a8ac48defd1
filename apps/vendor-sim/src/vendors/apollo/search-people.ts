import { jsonBody, textAt, textsAt } from '../request-parameters';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { titleMatches } from '../title-match';
import { KNOWN } from './known-world';
import { foundPerson } from './person';

const PAGE_SIZE_DEFAULT = 10;
const PAGE_SIZE_MAX = 100;
const PAGE_MAX = 500;

/** People by the domains of their companies and by title, asked in query or body. Free, and without addresses. */
export function searchPeople(request: VendorRequest): WorkedAnswer {
  const asked: Readonly<Record<string, unknown>> = {
    ...jsonBody(request),
    ...Object.fromEntries(request.query),
  };
  const domains = listAt(request, 'q_organization_domains_list').map((domain) => domain.toLowerCase());
  const titles = listAt(request, 'person_titles');
  const page = Number(textAt(asked, 'page') || 1);
  const size = Number(textAt(asked, 'per_page') || PAGE_SIZE_DEFAULT);
  if (!isWithin(page, PAGE_MAX) || !isWithin(size, PAGE_SIZE_MAX)) {
    return { status: 422, json: { error: 'Invalid parameters' }, purchase: null };
  }
  const isStrict = textAt(asked, 'include_similar_titles') === 'false';
  const people = domains
    .flatMap((domain) => KNOWN.people(domain))
    .filter(({ role }) => titleMatches(role.title, titles, isStrict));
  return {
    status: 200,
    json: {
      total_entries: people.length,
      people: people.slice((page - 1) * size, page * size).map(foundPerson),
    },
    purchase: {
      input: { domains: domains.join(' '), titles: titles.join(' '), page: String(page) },
      units: 0,
    },
  };
}

/** In a query a list is repeated and its name ends in brackets; in a body it is an array. */
function listAt(request: VendorRequest, name: string): string[] {
  return [...request.query.getAll(`${name}[]`), ...textsAt(jsonBody(request) ?? {}, name)];
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}
