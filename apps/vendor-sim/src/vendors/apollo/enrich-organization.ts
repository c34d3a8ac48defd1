import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { KNOWN } from './known-world';
import { organization } from './organization';

/** One company by its domain: one credit where it is known, none where it is not. */
export function enrichOrganization({ query }: VendorRequest): WorkedAnswer {
  const domain = query.get('domain')?.trim().toLowerCase() ?? '';
  if (domain === '') {
    return { status: 422, json: { error: "Required parameter 'domain' missing" }, purchase: null };
  }
  const facts = KNOWN.company(domain);
  return {
    status: 200,
    json: { organization: facts === null ? null : organization(facts) },
    purchase: { input: { domain }, units: facts === null ? 0 : 1 },
  };
}
