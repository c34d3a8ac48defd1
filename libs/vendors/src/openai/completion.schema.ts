import { z } from 'zod';

const tokens = z.int().min(0);

/** What we read of `POST /v1/chat/completions`. */
export const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        /** `stop` for a whole answer, `length` for one cut off, `content_filter` for one withheld. */
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens }),
});
export type Completion = z.infer<typeof completionSchema>;
