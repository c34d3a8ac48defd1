import { z } from 'zod';

/** What we read of `GET /v2/domain-search`; the vendor sends more. */
export const domainSearchSchema = z.object({
  data: z.object({
    emails: z.array(
      z.object({
        value: z.string(),
        /** `personal` or `generic` (info@…). */
        type: z.string().nullish(),
        confidence: z.number().nullish(),
        first_name: z.string().nullish(),
        last_name: z.string().nullish(),
        position: z.string().nullish(),
      }),
    ),
  }),
});
export type FoundEmail = z.infer<typeof domainSearchSchema>['data']['emails'][number];
