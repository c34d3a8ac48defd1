import type { CompanyProfile } from '#libs/contracts';
import { groundProfile } from './ground-profile';
import { profileAnswerSchema } from './profile-answer.schema';

/**
 * `profile`: what the text bears out of the answer · `nothing`: an answer in order, of which the text bears out nothing ·
 * `unreadable`: prose, an answer cut off, or one of another shape; `detail` says which, and not a word of it.
 */
export type ProfileReading =
  { kind: 'profile'; value: CompanyProfile } | { kind: 'nothing' } | { kind: 'unreadable'; detail: string };

/** No answer in order is longer. */
const LENGTH_MAX = 20_000;

/** Reads a model's answer about a text. Throws nothing, whatever the answer. */
export function readProfileAnswer(content: string, text: string): ProfileReading {
  if (content.length > LENGTH_MAX) return { kind: 'unreadable', detail: 'an answer without end' };
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    // The parser's own message quotes the answer, and with it the page.
    return { kind: 'unreadable', detail: 'not JSON' };
  }
  const parsed = profileAnswerSchema.safeParse(json);
  if (!parsed.success) return { kind: 'unreadable', detail: 'not as the schema says' };
  const value = groundProfile(parsed.data, text);
  return value === null ? { kind: 'nothing' } : { kind: 'profile', value };
}
