import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { eraseFromJson, isErasedPerson } from '#libs/domain';
import { z } from 'zod';
import { contactSchema } from '#libs/contracts';
import type { Sought } from '../known-persons';

const leadLineSchema = z.object({ contacts: z.array(contactSchema.loose()) }).loose();

/** The lines of a `.jsonl` file of a run without the subject: a line that is the company itself is left out. */
export async function* erasedLines(file: Readable, sought: Sought): AsyncGenerator<string> {
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
      const cleaned = erasedLine(line, sought);
      if (cleaned !== null) yield `${cleaned}\n`;
    }
  } finally {
    file.destroy();
  }
}

function erasedLine(line: string, sought: Sought): string | null {
  if (line === '') return line;
  if (sought.company?.finder.isIn(line) === true) return null;
  const value = JSON.parse(line) as object;
  const lead = leadLineSchema.safeParse(value);
  if (!lead.success && !sought.finder.isIn(line)) return line;
  const left = lead.success
    ? { ...value, contacts: lead.data.contacts.filter((contact) => !isErasedPerson(contact, sought)) }
    : value;
  return JSON.stringify(eraseFromJson(left, sought.finder));
}
