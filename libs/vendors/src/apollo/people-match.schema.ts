import { z } from 'zod';

/** What we read of `POST /api/v1/people/match`; the vendor sends more. Without a person it found nobody. */
export const peopleMatchSchema = z.object({
  person: z
    .object({
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      title: z.string().nullish(),
      email: z.string().nullish(),
      /** `verified`, `extrapolated`, `unavailable`, `bounced` and more; null where there is no address. */
      email_status: z.string().nullish(),
      /** 0 … 1, for an address that was worked out from others. */
      extrapolated_email_confidence: z.number().nullish(),
    })
    .nullish(),
});
