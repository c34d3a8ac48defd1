import { z } from 'zod';

/** What we read of `GET /v2/email-finder`; the vendor sends more. Without an address it found nobody. */
export const emailFinderSchema = z.object({
  data: z.object({
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    email: z.string().nullish(),
    score: z.number().nullish(),
    position: z.string().nullish(),
    /** The vendor's own verification of the address, where it has one. */
    verification: z.object({ status: z.string().nullish() }).nullish(),
  }),
});
