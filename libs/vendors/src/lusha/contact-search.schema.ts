import { z } from 'zod';

/** What we read of `POST /prospecting/contact/search`; the vendor sends more. A search shows names, and no addresses. */
export const contactSearchSchema = z.object({
  contacts: z.array(z.object({ name: z.string().nullish(), jobTitle: z.string().nullish() })),
});
export type ListedContact = z.infer<typeof contactSearchSchema>['contacts'][number];
