import { z } from 'zod';

/**
 * What we read of `POST /api/v1/mixed_people/api_search`; the vendor sends more. A search shows no addresses, and of last
 * names their beginning and end only (`last_name_obfuscated`), which is no name.
 */
export const peopleSearchSchema = z.object({
  people: z.array(
    z.object({
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      title: z.string().nullish(),
    }),
  ),
});
export type ListedPerson = z.infer<typeof peopleSearchSchema>['people'][number];
