import type { SimulatedVendor, VendorAnswer } from '../simulated-vendor.port';
import { findCompany } from './find-company';
import { findPerson } from './find-person';
import { enrichContacts, searchContacts } from './prospecting';

/**
 * Enrichment of persons and companies and prospecting as documented at https://docs.lusha.com/apis/v2/openapi; limits of
 * the Premium plan (docs.lusha.com/user-guide, "All there is to know about Lusha's API"), over all endpoints together.
 * How the windows are counted is not said, so the strictest is assumed. No Retry-After is documented: what is left stands
 * in headers.
 */
export const lusha: SimulatedVendor = {
  id: 'lusha',
  windows: [
    { name: 'minute', kind: 'sliding', limit: 300, lengthMs: 60_000 },
    { name: 'hour', kind: 'sliding', limit: 1_800, lengthMs: 3_600_000 },
    { name: 'day', kind: 'sliding', limit: 18_000, lengthMs: 86_400_000 },
  ],
  routes: [
    { method: 'GET', path: '/v2/person', op: 'find_email', answer: findPerson },
    { method: 'GET', path: '/v2/company', op: 'enrich_company', answer: findCompany },
    { method: 'POST', path: '/prospecting/contact/search', op: 'find_contacts', answer: searchContacts },
    { method: 'POST', path: '/prospecting/contact/enrich', op: 'reveal_contacts', answer: enrichContacts },
  ],
  rateHeaders: (windows) =>
    Object.assign(
      {},
      ...windows.map(({ name, limit, left }) => {
        const label = { minute: 'minute', hour: 'hourly', day: 'daily' }[name] ?? name;
        return {
          [`x-rate-limit-${label}`]: String(limit),
          [`x-${label}-requests-left`]: String(left),
          [`x-${label}-usage`]: String(limit - left),
        };
      }),
    ) as Record<string, string>,
  apiKey: ({ headers }) => headers.api_key ?? null,
  refusals: {
    badKey: () => failure(401, 'Invalid API key'),
    rateLimit: (full) =>
      failure(
        429,
        `API rate limit exceeded${full === null ? '' : `. Limit: ${full.limit} calls per ${full.name}`}`,
      ),
    quota: () => failure(402, 'Insufficient credits'),
  },
};

function failure(statusCode: number, message: string): VendorAnswer {
  return { status: statusCode, json: { statusCode, message } };
}
