import { z } from 'zod';
import { loadPayloadSchema } from '../loadtest/load-payload.schema';

const COUNT = z.int().min(0);

/**
 * One thread as a pipeline went through it, the one before this or ours; one line of a transcript file. docs/parity.md has
 * the members in words.
 */
export const transcriptSchema = z.strictObject({
  thread_id: z.string().min(1).max(128),
  started_at: z.iso.datetime({ offset: true }),
  duration_ms: COUNT,
  /** In the order in which they were shown. */
  statuses: z.array(z.strictObject({ phase: z.string().min(1), message: z.string() })),
  /** Companies that matched and were enriched. */
  candidates: COUNT,
  leads: z.array(
    z.strictObject({
      domain: z.string().min(1).toLowerCase(),
      bucket: z.enum(['A', 'B', 'C']),
      score: z.number().min(0).max(100),
    }),
  ),
  /** Leads that were written to files or a CRM. */
  exported: COUNT,
  /** What was asked for; only `--rerun` needs it. */
  request: loadPayloadSchema.optional(),
});
export type Transcript = z.infer<typeof transcriptSchema>;
