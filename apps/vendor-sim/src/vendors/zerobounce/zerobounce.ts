import { Seeded } from '../../data/seeded';
import type { SimulatedVendor, VendorAnswer, VendorRequest, WorkedAnswer } from '../simulated-vendor.port';

/** The vendor's own clock is not simulated: the same question must get the same answer. */
const PROCESSED_AT = '2025-06-01 12:00:00.000';
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const ROLE_MAILBOX = /^(info|hello|contact|office|sales|support|team|admin)@/;
/** One mail server in nine takes every address. */
const CATCH_ALL_SHARE = 0.11;

interface Verdict {
  status: string;
  sub_status: string;
}

/**
 * Single validation as documented at
 * https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-validate-emails.
 */
export const zerobounce: SimulatedVendor = {
  id: 'zerobounce',
  windows: [{ name: 'ten-seconds', kind: 'sliding', limit: 80_000, lengthMs: 10_000 }],
  routes: [{ method: 'GET', path: '/v2/validate', op: 'verify_email', answer: validate }],
  apiKey: ({ query }) => query.get('api_key'),
  refusals: {
    badKey: () => ({ status: 401, json: { error: 'Invalid API key' } }),
    rateLimit: () => ({ status: 429, json: { error: 'Too many requests' } }),
    // Out of credit is no HTTP error, and says the same as a wrong key used to.
    quota: () => ({ status: 200, json: { error: 'Invalid API key or your account ran out of credits' } }),
  },
};

function validate({ query }: VendorRequest): WorkedAnswer {
  const email = query.get('email')?.trim() ?? '';
  if (email === '' || !query.has('ip_address')) {
    return { ...failure('Missing parameter: email and ip_address are required'), purchase: null };
  }
  const verdict = verdictOn(email.toLowerCase());
  return {
    status: 200,
    json: { ...addressFacts(email), ...verdict, processed_at: PROCESSED_AT },
    // No credit is consumed for an unknown result.
    purchase: { input: { email: email.toLowerCase() }, units: verdict.status === 'unknown' ? 0 : 1 },
  };
}

function failure(error: string): VendorAnswer {
  return { status: 400, json: { error } };
}

function verdictOn(email: string): Verdict {
  if (!ADDRESS.test(email)) return { status: 'invalid', sub_status: 'failed_syntax_check' };
  if (ROLE_MAILBOX.test(email)) return { status: 'do_not_mail', sub_status: 'role_based' };
  const domain = email.slice(email.indexOf('@') + 1);
  if (new Seeded(domain).chance('catch-all', CATCH_ALL_SHARE)) return { status: 'catch-all', sub_status: '' };
  const seeded = new Seeded(email);
  const status = seeded.weighted('status', {
    valid: 80,
    invalid: 13,
    unknown: 5,
    do_not_mail: 1.5,
    abuse: 0.5,
  });
  const subStatuses = {
    valid: '',
    invalid: 'mailbox_not_found',
    unknown: 'mail_server_did_not_respond',
    do_not_mail: 'global_suppression',
    abuse: '',
  };
  return { status, sub_status: subStatuses[status] };
}

function addressFacts(email: string): Record<string, unknown> {
  const [account, domain] = email.split('@');
  return {
    address: email,
    free_email: false,
    did_you_mean: null,
    account: account ?? null,
    domain: domain ?? null,
    domain_age_days: '3650',
    smtp_provider: 'g-suite',
    mx_found: 'true',
    mx_record: 'aspmx.l.google.com',
    firstname: null,
    lastname: null,
    gender: null,
    country: null,
    region: null,
    city: null,
    zipcode: null,
  };
}
