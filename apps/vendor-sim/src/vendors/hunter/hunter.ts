import type { SimulatedVendor } from '../simulated-vendor.port';
import { domainSearch } from './domain-search';
import { emailFinder } from './email-finder';
import { emailVerifier } from './email-verifier';
import { failure } from './failure';

const SEARCHES = ['find_contacts', 'find_email'];
const VERIFICATIONS = ['verify_email'];

/**
 * Domain search, e-mail finder and e-mail verifier as documented at https://hunter.io/api-documentation/v2, their limits
 * included: the verifier has its own.
 */
export const hunter: SimulatedVendor = {
  id: 'hunter',
  windows: [
    { name: 'second', kind: 'sliding', limit: 15, lengthMs: 1_000, ops: SEARCHES },
    { name: 'minute', kind: 'sliding', limit: 500, lengthMs: 60_000, ops: SEARCHES },
    { name: 'verify_second', kind: 'sliding', limit: 10, lengthMs: 1_000, ops: VERIFICATIONS },
    { name: 'verify_minute', kind: 'sliding', limit: 300, lengthMs: 60_000, ops: VERIFICATIONS },
  ],
  routes: [
    { method: 'GET', path: '/v2/domain-search', op: 'find_contacts', answer: domainSearch },
    { method: 'GET', path: '/v2/email-finder', op: 'find_email', answer: emailFinder },
    { method: 'GET', path: '/v2/email-verifier', op: 'verify_email', answer: emailVerifier },
  ],
  apiKey: ({ query, headers }) => query.get('api_key') ?? headers['x-api-key'] ?? null,
  refusals: {
    badKey: () => failure(401, 'authentication_failed', 'No user found for the API key supplied'),
    rateLimit: () => failure(403, 'rate_limit_reached', 'You have reached the rate limit'),
    quota: () =>
      failure(
        429,
        'too_many_requests',
        "You've reached the limit for the number of searches per billing period included in your plan.",
      ),
  },
};
