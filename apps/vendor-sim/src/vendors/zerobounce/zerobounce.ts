import { mailboxVerdict, type MailboxVerdict } from '../../data/mailbox-verdict';
import { jsonBody, recordAt, textAt } from '../request-parameters';
import type {
  Purchase,
  SimulatedVendor,
  VendorAnswer,
  VendorRequest,
  WorkedAnswer,
} from '../simulated-vendor.port';

/** The vendor's own clock is not simulated: the same question must get the same answer. */
const PROCESSED_AT = '2025-06-01 12:00:00.000';
const BATCH_MAX = 200;

/** `status` and `sub_status`. */
const STATUSES: Readonly<Record<MailboxVerdict, readonly [string, string]>> = {
  valid: ['valid', ''],
  invalid: ['invalid', 'mailbox_not_found'],
  bad_syntax: ['invalid', 'failed_syntax_check'],
  catch_all: ['catch-all', ''],
  unknown: ['unknown', 'mail_server_did_not_respond'],
  role: ['do_not_mail', 'role_based'],
  do_not_mail: ['do_not_mail', 'global_suppression'],
  abuse: ['abuse', ''],
};

/**
 * Single and batch validation as documented at
 * https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-validate-emails and …/v2-batch-validate-emails.
 */
export const zerobounce: SimulatedVendor = {
  id: 'zerobounce',
  windows: [
    { name: 'ten_seconds', kind: 'sliding', limit: 80_000, lengthMs: 10_000, ops: ['verify_email'] },
    { name: 'batches', kind: 'sliding', limit: 5, lengthMs: 60_000, ops: ['verify_emails'] },
  ],
  routes: [
    { method: 'GET', path: '/v2/validate', op: 'verify_email', answer: validate },
    { method: 'POST', path: '/v2/validatebatch', op: 'verify_emails', answer: validateBatch },
  ],
  apiKey: (request) => request.query.get('api_key') ?? (textAt(jsonBody(request) ?? {}, 'api_key') || null),
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
  return { status: 200, json: verdictOn(email), purchase: purchaseOf(email) };
}

/** Each address of a batch is bought for itself; one that is missing is told in `errors`. */
function validateBatch(request: VendorRequest): WorkedAnswer {
  const batch = jsonBody(request)?.email_batch;
  if (!Array.isArray(batch)) return { ...failure('Missing parameter: email_batch'), purchase: null };
  if (batch.length > BATCH_MAX) {
    return { ...failure(`Reached the limit of ${BATCH_MAX} emails in a batch`), purchase: null };
  }
  const emails = batch.map((one: unknown) => textAt(recordAt(one), 'email_address'));
  const given = emails.filter((email) => email !== '');
  return {
    status: 200,
    json: {
      email_batch: given.map(verdictOn),
      errors: emails
        .filter((email) => email === '')
        .map(() => ({ error: 'Invalid email address', email_address: '' })),
    },
    purchase: given.map(purchaseOf),
  };
}

function failure(error: string): VendorAnswer {
  return { status: 400, json: { error } };
}

/** No credit is consumed for an unknown result. */
function purchaseOf(email: string): Purchase {
  return {
    input: { email: email.toLowerCase() },
    units: mailboxVerdict(email) === 'unknown' ? 0 : 1,
  };
}

function verdictOn(email: string): Record<string, unknown> {
  const [account, domain] = email.split('@');
  const [status, sub_status] = STATUSES[mailboxVerdict(email)];
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
    status,
    sub_status,
    processed_at: PROCESSED_AT,
  };
}
