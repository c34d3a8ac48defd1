import type { EmailVerification } from '#libs/contracts';
import { jsonCall } from '../http/json-call';
import { emailVerifierSchema, type VerifierStatus } from './email-verifier.schema';
import { hunterDescriptor } from './hunter.descriptor';

/** Webmail addresses are not verified: the vendor looks at companies' own mail servers only. */
const VERDICTS: Readonly<Record<VerifierStatus, EmailVerification['verdict']>> = {
  valid: 'valid',
  invalid: 'invalid',
  accept_all: 'catch_all',
  webmail: 'unknown',
  disposable: 'do_not_mail',
  unknown: 'unknown',
};
/** "1 verification credit is counted for each email processed (except for Webmails, Unknown and Disposable)." */
const FREE: ReadonlySet<VerifierStatus> = new Set(['webmail', 'unknown', 'disposable']);

/**
 * Whether an address accepts mail. The vendor answers within 20 s or says 202, "in progress", and is asked the same again;
 * the same question in the same billing period is counted once.
 */
export const verifyEmail = jsonCall(hunterDescriptor, 'verify_email', {
  request: ({ email }, { apiKey, deadlineMs }) => ({
    method: 'GET',
    path: '/v2/email-verifier',
    query: { email, api_key: apiKey ?? '' },
    headersMs: deadlineMs,
  }),
  schema: emailVerifierSchema,
  read: ({ data: { status } }, { input }) => ({
    kind: 'ok',
    value: { email: input.email, verdict: VERDICTS[status] },
    units: FREE.has(status) ? 0 : 1,
  }),
});
