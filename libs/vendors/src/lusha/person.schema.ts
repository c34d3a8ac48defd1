import { z } from 'zod';

/** Documented as `address` and `type`, sent as `email` and `emailType` as well. */
const addressSchema = z.object({
  email: z.string().nullish(),
  address: z.string().nullish(),
  emailType: z.string().nullish(),
  type: z.string().nullish(),
});
export type RevealedAddress = z.infer<typeof addressSchema>;

/** What we read of `GET /v2/person`; the vendor sends more. `data` is null where `error` says why there is none. */
export const personSchema = z.object({
  contact: z.object({
    error: z.object({ name: z.string().nullish() }).nullish(),
    isCreditCharged: z.boolean().nullish(),
    data: z
      .object({
        firstName: z.string().nullish(),
        lastName: z.string().nullish(),
        jobTitle: z.object({ title: z.string().nullish() }).nullish(),
        emailAddresses: z.array(addressSchema).nullish(),
      })
      .nullish(),
  }),
});
