import type { SimulatedVendor, SimulatedWindow, WindowState } from '../simulated-vendor.port';
import { bulkMatch } from './bulk-match';
import { enrichOrganization } from './enrich-organization';
import { matchPerson } from './match-person';
import { searchPeople } from './search-people';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Enrichment on paid plans: 1,000 a minute for each endpoint, without end by hour and day. */
function enrichment(name: string, op: string): SimulatedWindow {
  return { name, kind: 'anchored', limit: 1_000, lengthMs: MINUTE_MS, ops: [op] };
}
/** Every other endpoint, each for itself. */
const SEARCH: readonly SimulatedWindow[] = (
  [
    ['search_minute', 200, MINUTE_MS],
    ['search_hour', 400, HOUR_MS],
    ['search_day', 2_000, DAY_MS],
  ] as const
).map(([name, limit, lengthMs]) => ({ name, kind: 'anchored', limit, lengthMs, ops: ['find_contacts'] }));

const PEOPLE_SEARCH = { method: 'POST', op: 'find_contacts', isFree: true, answer: searchPeople } as const;

/**
 * Organization enrichment, people search and people enrichment as documented at https://docs.apollo.io/reference, their
 * limits as in …/reference/rate-limits: per team and endpoint, in windows that open with a first request.
 */
export const apollo: SimulatedVendor = {
  id: 'apollo',
  windows: [
    enrichment('company_minute', 'enrich_company'),
    enrichment('person_minute', 'find_email'),
    enrichment('bulk_minute', 'find_emails'),
    ...SEARCH,
  ],
  routes: [
    { method: 'GET', path: '/api/v1/organizations/enrich', op: 'enrich_company', answer: enrichOrganization },
    { ...PEOPLE_SEARCH, path: '/api/v1/mixed_people/api_search' },
    // As it was called before.
    { ...PEOPLE_SEARCH, path: '/api/v1/mixed_people/search' },
    { method: 'POST', path: '/api/v1/people/match', op: 'find_email', answer: matchPerson },
    { method: 'POST', path: '/api/v1/people/bulk_match', op: 'find_emails', answer: bulkMatch },
  ],
  rateHeaders: (windows) => ({
    ...headersOf('minute', windows, '_minute', 'x-rate-limit-minute'),
    ...headersOf('hourly', windows, '_hour', 'x-rate-limit-hourly'),
    ...headersOf('24-hour', windows, '_day', 'x-rate-limit-24-hour'),
  }),
  apiKey: ({ headers }) => headers['x-api-key'] ?? null,
  refusals: {
    // Said as text on these routes, and without any rate header.
    badKey: () => ({ status: 401, json: null, text: 'Invalid API key.' }),
    rateLimit: (full) => ({
      status: 429,
      headers: full === null ? {} : { 'retry-after': String(Math.ceil(full.resetInMs / 1_000)) },
      json: { message: `The maximum number of api calls allowed is ${full?.limit ?? 200} in this window.` },
    }),
    // Not 402, and told from a wrong input by its words only.
    quota: () => ({ status: 422, json: { error: 'Insufficient credits. Please upgrade your plan.' } }),
  },
};

/** A window without limit has its limit header, but empty, and none of the other two. */
function headersOf(
  label: string,
  windows: readonly WindowState[],
  suffix: string,
  limitHeader: string,
): Record<string, string> {
  const window = windows.find(({ name }) => name.endsWith(suffix));
  if (!window) return { [limitHeader]: '' };
  return {
    [limitHeader]: String(window.limit),
    [`x-${label}-usage`]: String(window.limit - window.left),
    [`x-${label}-requests-left`]: String(window.left),
  };
}
