import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { companySchema, icpMatchSchema } from '#libs/contracts';
import type { ShortlistResult } from '#libs/domain';
import type { Candidate } from '#libs/run-state';

/** One line of `shortlist.jsonl`: a matching company and whether this run enriches it, or one that the tenant excludes. */
const lineSchema = z.object({
  status: z.enum(['selected', 'not_selected', 'excluded']),
  position: z.int().min(1),
  company: companySchema,
  match: icpMatchSchema,
});

/** The shortlist as lines, selected companies first and excluded ones last, each with its pre-score and reasons. */
export function* shortlistLines({ selected, waiting, excluded }: ShortlistResult): Generator<string> {
  for (const [status, entries] of [
    ['selected', selected],
    ['not_selected', waiting],
    ['excluded', excluded],
  ] as const) {
    for (const { position, company, match } of entries) {
      yield `${JSON.stringify({ status, position, company, match })}\n`;
    }
  }
}

/** The selected companies of a shortlist file, in its order, one at a time in memory. */
export async function* readShortlist(file: Readable): AsyncGenerator<Candidate> {
  try {
    for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
      const { status, ...candidate } = lineSchema.parse(JSON.parse(text));
      // The selected ones come first.
      if (status !== 'selected') return;
      yield candidate;
    }
  } finally {
    file.destroy();
  }
}
