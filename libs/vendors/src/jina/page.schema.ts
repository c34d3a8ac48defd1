import { z } from 'zod';

/** What we read of `GET /<url>` when asked for JSON. */
export const pageSchema = z.object({
  data: z.object({
    title: z.string().nullish(),
    description: z.string().nullish(),
    /** After redirects. */
    url: z.string().nullish(),
    /** With `x-return-format: text`. */
    text: z.string().nullish(),
    content: z.string().nullish(),
    /** Says so where the page itself was an error; it is read all the same. */
    warning: z.string().nullish(),
    usage: z.object({ tokens: z.number().min(0) }).nullish(),
  }),
});
export type ReadPage = z.infer<typeof pageSchema>['data'];
