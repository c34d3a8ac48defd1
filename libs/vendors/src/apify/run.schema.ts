import { z } from 'zod';

/** Part of a path, so nothing but what ids are made of. */
export const idSchema = z.string().regex(/^[A-Za-z0-9]{4,200}$/);

/** What we read of a run: as started (`POST /v2/acts/…/runs`) and as it stands (`GET /v2/actor-runs/…`). */
export const runSchema = z.object({
  data: z.object({
    id: idSchema,
    /** Four it passes through, four it ends with (docs, "Runs", lifecycle). */
    status: z.enum([
      'READY',
      'RUNNING',
      'TIMING-OUT',
      'ABORTING',
      'SUCCEEDED',
      'FAILED',
      'TIMED-OUT',
      'ABORTED',
    ]),
    defaultDatasetId: idSchema,
  }),
});

const text = z.string().nullish().catch(null);
/** What we read of the items of its dataset; one that is no article says nothing. */
export const itemsSchema = z.array(
  z.object({ title: text, link: text, source: text, publishedAt: text }).catch({}),
);
export type RunItem = z.infer<typeof itemsSchema>[number];
