import { z } from 'zod';

/** What we read of `POST /search`; the vendor sends more. */
export const searchSchema = z.object({
  results: z.array(
    z.object({
      title: z.string().nullish(),
      url: z.string(),
      content: z.string().nullish(),
      /** With the topic `news` only. */
      published_date: z.string().nullish(),
    }),
  ),
});
