import type { EmailVerification } from '#libs/contracts';
import { jsonCall } from '../http/json-call';
import type { VendorFailure } from '../http/failure-outcome';
import type { Vendor } from '../vendor.port';
import { validateSchema, type ValidateStatus } from './validate.schema';
import { zerobounceDescriptor } from './zerobounce.descriptor';

/** Past this the vendor answers `unknown`, which is free: before our own deadline, which would leave the call in doubt. */
const VALIDATION_SECONDS = 20;

const VERDICTS: Readonly<Record<ValidateStatus, EmailVerification['verdict']>> = {
  valid: 'valid',
  invalid: 'invalid',
  'catch-all': 'catch_all',
  unknown: 'unknown',
  spamtrap: 'do_not_mail',
  abuse: 'do_not_mail',
  do_not_mail: 'do_not_mail',
};

const verifyEmail = jsonCall(zerobounceDescriptor, 'verify_email', {
  request: ({ email }, { apiKey, deadlineMs }) => ({
    method: 'GET',
    path: '/v2/validate',
    query: {
      api_key: apiKey ?? '',
      email,
      // Required, may be blank.
      ip_address: '',
      timeout: String(VALIDATION_SECONDS),
    },
    headersMs: deadlineMs,
  }),
  schema: validateSchema,
  read: (answer, { input }) => {
    if ('error' in answer) return errorOutcome(answer.error);
    const { status } = answer;
    // "Will never consume a credit for any unknown result."
    return {
      kind: 'ok',
      value: { email: input.email, verdict: VERDICTS[status] },
      units: status === 'unknown' ? 0 : 1,
    };
  },
});

/** Whether an address accepts mail. */
export const zerobounceVendor: Vendor = {
  descriptor: zerobounceDescriptor,
  calls: { verify_email: verifyEmail },
};

/**
 * The vendor says "Invalid API key or your account ran out of credits" for either. It is read as out of credit: that
 * closes the vendor until somebody looks, which a wrong key needs as well.
 */
function errorOutcome(error: string): VendorFailure {
  if (/credit/i.test(error)) return { kind: 'quota_exhausted', retryAfterMs: null };
  if (/api.?key/i.test(error)) return { kind: 'auth_failed' };
  return { kind: 'bad_response', detail: 'an error body with status 200' };
}
