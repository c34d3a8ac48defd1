import { z } from 'zod';

/** What we read of `GET /v2/email-verifier`; the vendor sends more. */
export const emailVerifierSchema = z.object({
  data: z.object({
    status: z.enum(['valid', 'invalid', 'accept_all', 'webmail', 'disposable', 'unknown']),
  }),
});
export type VerifierStatus = z.infer<typeof emailVerifierSchema>['data']['status'];
